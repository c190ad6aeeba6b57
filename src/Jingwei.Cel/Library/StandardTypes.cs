namespace Jingwei.Cel.Library;

/// <summary>The types that have a name in the language.</summary>
internal static class StandardTypes
{
    private static readonly Dictionary<string, CelType> Named = new(StringComparer.Ordinal)
    {
        ["bool"] = CelType.Bool,
        ["int"] = CelType.Int,
        ["uint"] = CelType.Uint,
        ["double"] = CelType.Double,
        ["string"] = CelType.String,
        ["bytes"] = CelType.Bytes,
        ["null_type"] = CelType.Null,
        ["type"] = CelType.Type,
        ["list"] = Rendering.Lists,
        ["map"] = Rendering.Maps,
        ["dyn"] = CelType.Dyn,
        ["optional_type"] = Rendering.Optionals,
        ["net.IP"] = CelType.Address,
        ["net.CIDR"] = CelType.Network,
        ["google.protobuf.Timestamp"] = CelType.Timestamp,
        ["google.protobuf.Duration"] = CelType.Duration,
    };

    public static IEnumerable<string> Names => Named.Keys;

    public static CelType? Find(string name) => Named.GetValueOrDefault(name);
}
