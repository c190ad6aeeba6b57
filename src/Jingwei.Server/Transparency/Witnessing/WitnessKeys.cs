using Jingwei.Ledger.Notes;

namespace Jingwei.Server.Transparency.Witnessing;

/// <summary>The keys by which this server cosigns, made at the first start: of both kinds that tlog-cosignature has, as not everybody verifies ML-DSA-44 yet.</summary>
internal static class WitnessKeys
{
    public const string PrivateFile = "witness.key";

    /// <summary>The keys of a data folder.</summary>
    /// <param name="ledger">The name of the ledger beside; the witness is named after it.</param>
    /// <exception cref="CannotStartException">What is there are no keys.</exception>
    public static IReadOnlyList<NoteSigner> Open(string data, string ledger)
    {
        var file = Path.Combine(data, PrivateFile);
        if (!File.Exists(file))
        {
            NoteSigner[] made = [.. new[] { SignatureType.MlDsa44Cosignature, SignatureType.Ed25519Cosignature }.Select(type => NoteSigner.Generate($"{ledger}/witness", type))];
            LedgerKeys.WriteOwners(file, string.Join('\n', made.Select(each => each.ToPrivateKey())));
        }

        var read = File.ReadLines(file).Select(line => NoteSigner.Read(line).Value).ToList();
        var signers = read.OfType<NoteSigner>().Where(signer => signer.Verifier.Type != SignatureType.Ed25519).ToList();
        return signers.Count > 0 && signers.Count == read.Count ? signers : throw new CannotStartException($"{file} holds no keys of a witness.");
    }
}
