namespace Jingwei.Ledger.Notes;

/// <summary>Kinds of signatures, by their identifier byte (signed-note, Signature types).</summary>
public enum SignatureType : byte
{
    /// <summary>No kind; what an unset value is.</summary>
    None = 0,

    /// <summary>Ed25519 over the note's text.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over time and checkpoint: a witness's <c>cosignature/v1</c> (tlog-cosignature).</summary>
    Ed25519Cosignature = 0x04,

    /// <summary>ML-DSA-44 (FIPS 204) over time, cosigner, origin, size and root (tlog-cosignature); what logs and witnesses should use.</summary>
    MlDsa44Cosignature = 0x06,
}
