namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>An element of XML with what is in it. Text beside elements is kept without its place among them: EPCIS has none there.</summary>
/// <param name="Prefix">The prefix as it is written.</param>
/// <param name="Space">The namespace; empty for none.</param>
/// <param name="Name">The local name.</param>
/// <param name="Line">Where its start tag is, from 1.</param>
internal sealed record XmlPart(string Prefix, string Space, string Name, int Line)
{
    /// <summary>The attributes, those of XML itself (`xmlns`, `xsi`) left out.</summary>
    public List<XmlPart> Attributes { get; } = [];

    public List<XmlPart> Children { get; } = [];

    /// <summary>The text, trimmed.</summary>
    public string Text { get; set; } = "";

    /// <summary>Whether it says that it has no value (`xsi:nil`).</summary>
    public bool IsNil { get; set; }

    /// <summary>Whether the name is of EPCIS itself: of its schemas, or of no namespace as their local elements are.</summary>
    public bool IsStandard => Space is "" or "urn:epcglobal:epcis:xsd:2" or "urn:epcglobal:epcis:xsd:1" or "urn:epcglobal:epcis-query:xsd:2" or "urn:epcglobal:epcis-query:xsd:1"
        or "urn:epcglobal:epcis-masterdata:xsd:2" or "urn:epcglobal:epcis-masterdata:xsd:1";

    /// <summary>The first child of EPCIS with this name; null where there is none.</summary>
    public XmlPart? Child(string name) => Children.Find(child => child.Name == name && child.IsStandard);

    /// <summary>The text of an attribute without namespace; null where it is not there.</summary>
    public string? Attribute(string name) => Attributes.Find(attribute => attribute.Name == name && attribute.Space.Length == 0)?.Text;

    /// <summary>The children as if the wrappers were not there by which EPCIS 1.1 and 1.2 added elements (`extension`, `baseExtension`). True with those that stood in one.</summary>
    public IEnumerable<(XmlPart Part, bool IsWrapped)> Unwrapped()
    {
        foreach (var child in Children)
        {
            if (child.Name is not ("extension" or "baseExtension") || !child.IsStandard || child.Children.Count == 0)
            {
                yield return (child, false);
                continue;
            }

            foreach (var (inner, _) in child.Unwrapped())
            {
                yield return (inner, true);
            }
        }
    }
}
