namespace Jingwei.Identifiers.Gs1.Epc;

/// <summary>What an EPC URI stands for.</summary>
public enum EpcUriKind
{
    /// <summary>One object: `urn:epc:id:` (Tag Data Standard 2.x, section 6).</summary>
    Identity,
    /// <summary>A class of objects: `urn:epc:class:` (section 7 of the Core Business Vocabulary; only `lgtin`).</summary>
    Class,
    /// <summary>All objects that a pattern fits: `urn:epc:idpat:` (Tag Data Standard 2.x, section 8).</summary>
    Pattern,
}
