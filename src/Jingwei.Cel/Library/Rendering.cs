using System.Buffers;
using System.Globalization;
using System.Text;

namespace Jingwei.Cel.Library;

/// <summary>Values as text: for string(), for errors and for logs.</summary>
internal static class Rendering
{
    private const int MostParts = 200;
    private static readonly SearchValues<char> Integral = SearchValues.Create("-0123456789");

    public static CelType TypeOf(in CelValue value) => value.Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        CelKind.List => Lists,
        CelKind.Map => Maps,
        CelKind.Timestamp => CelType.Timestamp,
        CelKind.Duration => CelType.Duration,
        CelKind.Type => CelType.Type,
        CelKind.Object => value.AsObject().Type.Type,
        CelKind.Optional => Optionals,
        CelKind.Address => CelType.Address,
        CelKind.Network => CelType.Network,
        _ => CelType.Dyn,
    };

    public static CelType Lists { get; } = CelType.List(CelType.Dyn);

    public static CelType Maps { get; } = CelType.Map(CelType.Dyn, CelType.Dyn);

    public static CelType Optionals { get; } = CelType.Optional(CelType.Dyn);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>A value as CEL would write it, cut short after <see cref="MostParts"/> parts: values may share their parts and be endless in print.</summary>
    public static string Render(in CelValue value)
    {
        var left = MostParts;
        return Render(value, ref left);
    }

    private static string Render(in CelValue value, ref int left)
    {
        if (--left < 0)
        {
            return "...";
        }

        return value.Kind switch
        {
            CelKind.Unset => "unset",
            CelKind.Null => "null",
            CelKind.Bool => value.Bits != 0 ? "true" : "false",
            CelKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
            CelKind.Uint => unchecked((ulong)value.Bits).ToString(CultureInfo.InvariantCulture) + "u",
            CelKind.Double => Literal(value.RawDouble),
            CelKind.String => Quote(value.Text),
            CelKind.Bytes => $"b'{Convert.ToHexString(value.AsBytes().Span)}'",
            CelKind.List => RenderList(value.AsList(), ref left),
            CelKind.Map => RenderMap(value.AsMap(), ref left),
            CelKind.Timestamp => $"timestamp(\"{TimeText.FormatTimestamp(value)}\")",
            CelKind.Duration => $"duration(\"{TimeText.FormatDuration(value)}\")",
            CelKind.Type => value.AsType().Name,
            CelKind.Object => RenderObject(value.AsObject(), ref left),
            CelKind.Optional => value.AsOptional() is { HasValue: true } present
                ? $"optional.of({Render(present.Value, ref left)})" : "optional.none()",
            CelKind.Address => $"ip(\"{Addresses.Format(value.AsAddress())}\")",
            CelKind.Network => $"cidr(\"{value.AsNetwork()}\")",
            _ => $"error({value.AsError()})",
        };
    }

    public static string Quote(string text) =>
        new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Insert(0, '"').Append('"').ToString();

    private static string Literal(double value)
    {
        var text = Number(value);
        return text.AsSpan().ContainsAnyExcept(Integral) ? text : text + ".0";
    }

    private static string RenderList(CelList list, ref int left)
    {
        var parts = new List<string>();
        foreach (ref readonly var item in list.Span)
        {
            parts.Add(Render(item, ref left));
            if (left < 0)
            {
                break;
            }
        }

        return $"[{string.Join(", ", parts)}]";
    }

    private static string RenderMap(CelMap map, ref int left)
    {
        var parts = new List<string>();
        foreach (ref readonly var key in map.KeySpan)
        {
            map.TryGet(key, out var item);
            parts.Add($"{Render(key, ref left)}: {Render(item, ref left)}");
            if (left < 0)
            {
                break;
            }
        }

        return $"{{{string.Join(", ", parts)}}}";
    }

    private static string RenderObject(CelObject item, ref int left)
    {
        var parts = new List<string>();
        for (var i = 0; i < item.Type.Fields.Count && left >= 0; i++)
        {
            if (item[i].Kind != CelKind.Unset)
            {
                parts.Add($"{item.Type.Fields[i].Name}: {Render(item[i], ref left)}");
            }
        }

        return $"{item.Type.Name}{{{string.Join(", ", parts)}}}";
    }
}
