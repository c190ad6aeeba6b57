using System.Buffers;
using System.Globalization;
using System.Text;

namespace Jingwei.Cel.Library;

/// <summary>Values as text: for string(), for errors and for logs.</summary>
internal static class Rendering
{
    private const int LongestList = 20;
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
        _ => CelType.Dyn,
    };

    public static CelType Lists { get; } = CelType.List(CelType.Dyn);

    public static CelType Maps { get; } = CelType.Map(CelType.Dyn, CelType.Dyn);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    public static string Render(in CelValue value) => value.Kind switch
    {
        CelKind.Unset => "unset",
        CelKind.Null => "null",
        CelKind.Bool => value.Bits != 0 ? "true" : "false",
        CelKind.Int => value.Bits.ToString(CultureInfo.InvariantCulture),
        CelKind.Uint => unchecked((ulong)value.Bits).ToString(CultureInfo.InvariantCulture) + "u",
        CelKind.Double => Literal(value.RawDouble),
        CelKind.String => Quote(value.Text),
        CelKind.Bytes => $"b'{Convert.ToHexString(value.AsBytes().Span)}'",
        CelKind.List => $"[{Join(value.AsList(), item => Render(item))}]",
        CelKind.Map => RenderMap(value.AsMap()),
        CelKind.Timestamp => $"timestamp(\"{TimeText.FormatTimestamp(value)}\")",
        CelKind.Duration => $"duration(\"{TimeText.FormatDuration(value)}\")",
        CelKind.Type => value.AsType().Name,
        CelKind.Object => RenderObject(value.AsObject()),
        _ => $"error({value.AsError()})",
    };

    public static string Quote(string text) =>
        new StringBuilder(text).Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Insert(0, '"').Append('"').ToString();

    private static string Literal(double value)
    {
        var text = Number(value);
        return text.AsSpan().ContainsAnyExcept(Integral) ? text : text + ".0";
    }

    private static string RenderMap(CelMap map) =>
        $"{{{Join(map.Keys, key => map.TryGet(key, out var item) ? $"{Render(key)}: {Render(item)}" : "")}}}";

    private static string RenderObject(CelObject item)
    {
        var fields = item.Type.Fields.Select((field, index) => (field.Name, Value: item[index]))
            .Where(field => field.Value.Kind != CelKind.Unset);
        return $"{item.Type.Name}{{{string.Join(", ", fields.Select(field => $"{field.Name}: {Render(field.Value)}"))}}}";
    }

    private static string Join(IReadOnlyList<CelValue> items, Func<CelValue, string> render) =>
        string.Join(", ", items.Take(LongestList).Select(render)) + (items.Count > LongestList ? ", ..." : "");
}
