using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>size() and the functions on text.</summary>
internal static class Texts
{
    public static CelValue Size(in CelValue value, ref Meter meter) => value.Kind switch
    {
        CelKind.String => meter.SpendText(value.Text.Length) ? CodePoints(value.Text) : Meter.Exceeded,
        CelKind.Bytes => (long)value.AsBytes().Length,
        CelKind.List => (long)value.AsList().Count,
        CelKind.Map => (long)value.AsMap().Count,
        _ => Overload.None("size", value),
    };

    public static CelValue Contains(in CelValue text, in CelValue part, ref Meter meter)
    {
        if (text.Kind != CelKind.String || part.Kind != CelKind.String)
        {
            return Overload.None("contains", text, part);
        }

        // The cost of a search is the product of the lengths (language definition, "Time Complexity").
        return meter.Spend(((text.Text.Length / 10) + 1L) * ((part.Text.Length / 10) + 1L))
            ? CelValue.Of(text.Text.Contains(part.Text, StringComparison.Ordinal))
            : Meter.Exceeded;
    }

    public static CelValue StartsWith(in CelValue text, in CelValue part, ref Meter meter) =>
        text.Kind != CelKind.String || part.Kind != CelKind.String ? Overload.None("startsWith", text, part)
        : meter.SpendText(part.Text.Length) ? CelValue.Of(text.Text.StartsWith(part.Text, StringComparison.Ordinal))
        : Meter.Exceeded;

    public static CelValue EndsWith(in CelValue text, in CelValue part, ref Meter meter) =>
        text.Kind != CelKind.String || part.Kind != CelKind.String ? Overload.None("endsWith", text, part)
        : meter.SpendText(part.Text.Length) ? CelValue.Of(text.Text.EndsWith(part.Text, StringComparison.Ordinal))
        : Meter.Exceeded;

    public static CelValue Matches(in CelValue text, in CelValue pattern, ref Meter meter)
    {
        if (text.Kind != CelKind.String || pattern.Kind != CelKind.String)
        {
            return Overload.None("matches", text, pattern);
        }

        if (!meter.Spend(((text.Text.Length / 10) + 1L) * ((pattern.Text.Length / 4) + 1L)))
        {
            return Meter.Exceeded;
        }

        return Patterns.TryGet(pattern.Text, out var regex, out var problem)
            ? CelValue.Of(regex.IsMatch(text.Text))
            : CelValue.Error(CelErrorCode.Invalid, $"invalid regular expression '{pattern.Text}': {problem}");
    }

    private static long CodePoints(string text)
    {
        var count = 0L;
        foreach (var unit in text)
        {
            count += char.IsLowSurrogate(unit) ? 0 : 1;
        }

        return count;
    }
}
