using System.Xml;

namespace Jingwei.Identifiers.Epcis.Xml;

/// <summary>Names of JSON as names of XML.</summary>
internal static class XmlNames
{
    /// <summary>Whether a prefix can be one in XML.</summary>
    public static bool IsPrefix(string prefix) =>
        prefix.Length > 0 && !prefix.StartsWith("xml", StringComparison.OrdinalIgnoreCase) && XmlConvert.IsStartNCNameChar(prefix[0]) && prefix.All(XmlConvert.IsNCNameChar);

    /// <summary>Prefix, namespace and local name. A URI without known prefix is parted behind its last slash, number sign or colon.</summary>
    public static (string? Prefix, string Space, string Local) Of(string name, EpcisContext context)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return (null, "", XmlConvert.EncodeLocalName(name)!);
        }

        if (context.NamespaceOf(name[..colon]) is { } space && colon + 1 < name.Length)
        {
            var prefix = name[..colon];

            // In XML the namespace of master data has no colon at its end.
            return (IsPrefix(prefix) ? prefix : null, space == "urn:epcglobal:cbv:mda:" ? space[..^1] : space, XmlConvert.EncodeLocalName(name[(colon + 1)..])!);
        }

        var end = Math.Min(name.LastIndexOfAny(['/', '#', ':']) + 1, name.Length - 1);
        return (null, name[..end], XmlConvert.EncodeLocalName(name[end..])!);
    }
}
