namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>How the words of the Core Business Vocabulary are written in XML (EPCIS 2.0, 12.8, header GS1-CBV-XML-Format).</summary>
public enum CbvXmlForm
{
    /// <summary>As URNs: `urn:epcglobal:cbv:bizstep:shipping`. Words without one, as components, keep their short form.</summary>
    Urn,

    /// <summary>As Web URIs: `https://ref.gs1.org/cbv/BizStep-shipping`.</summary>
    WebUri,

    /// <summary>As they stand in the event: a URI of any form stays as it is, a bare word, which is of JSON alone, becomes its URN.</summary>
    AsCaptured,
}
