using System.Xml;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Names of JSON as names of XML.</summary>
internal static class XmlNames
{
    /// <summary>Whether a prefix can be one in XML.</summary>
    public static bool IsPrefix(string prefix) =>
        prefix.Length > 0 && !prefix.StartsWith("xml", StringComparison.OrdinalIgnoreCase) && XmlConvert.IsStartNCNameChar(prefix[0]) && prefix.All(XmlConvert.IsNCNameChar);

    /// <summary>Whether a namespace can be one of names in XML: not the two that XML keeps for itself, which JSON may bind like any other.</summary>
    public static bool IsSpace(string space) =>
        space is not ("" or "http://www.w3.org/2000/xmlns/" or "http://www.w3.org/XML/1998/namespace") && space.All(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter));

    /// <summary>
    /// Prefix, namespace and local name. A URI without known prefix is parted behind its last slash, number sign or colon; a name whose namespace XML
    /// does not take is a local name as a whole.
    /// </summary>
    public static (string? Prefix, string Space, string Local) Of(string name, EpcisContext context)
    {
        var parted = Part(name, context);
        return parted.Space.Length == 0 || IsSpace(parted.Space) ? parted : (null, "", XmlConvert.EncodeLocalName(name)!);
    }

    private static (string? Prefix, string Space, string Local) Part(string name, EpcisContext context)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return (null, "", XmlConvert.EncodeLocalName(name)!);
        }

        if (context.NamespaceOf(name[..colon]) is { Length: > 0 } space && colon + 1 < name.Length)
        {
            var prefix = name[..colon];

            // In XML the namespace of master data has no colon at its end.
            return (IsPrefix(prefix) ? prefix : null, space == "urn:epcglobal:cbv:mda:" ? space[..^1] : space, XmlConvert.EncodeLocalName(name[(colon + 1)..])!);
        }

        var end = Math.Min(name.LastIndexOfAny(['/', '#', ':']) + 1, name.Length - 1);
        return (null, name[..end], XmlConvert.EncodeLocalName(name[end..])!);
    }
}
