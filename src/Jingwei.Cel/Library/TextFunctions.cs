using System.Text;
using Jingwei.Cel.Checking;
using Jingwei.Cel.Planning;

namespace Jingwei.Cel.Library;

/// <summary>The strings extension: positions are counted in code points.</summary>
internal static class TextFunctions
{
    public static IEnumerable<FunctionEntry> All()
    {
        var (text, number, texts) = (CelType.String, CelType.Int, CelType.List(CelType.String));
        static Signature Of(CelType result, params CelType[] types) => StandardFunctions.Member(result, types);
        yield return Entry("charAt", CharAt, Of(text, text, number));
        yield return Entry("indexOf", IndexOf, Of(number, text, text), Of(number, text, text, number));
        yield return Entry("lastIndexOf", LastIndexOf, Of(number, text, text), Of(number, text, text, number));
        yield return Entry("lowerAscii", (values, ref _) => Map(values[0].Text, char.IsAsciiLetterUpper, 32), Of(text, text));
        yield return Entry("upperAscii", (values, ref _) => Map(values[0].Text, char.IsAsciiLetterLower, -32), Of(text, text));
        yield return Entry("replace", Replace, Of(text, text, text, text), Of(text, text, text, text, number));
        yield return Entry("split", Split, Of(texts, text, text), Of(texts, text, text, number));
        yield return Entry("substring", Substring, Of(text, text, number), Of(text, text, number, number));
        yield return Entry("trim", (values, ref _) => values[0].Text.Trim(), Of(text, text));
        yield return Entry("reverse", (values, ref _) => CodePoints.Reverse(values[0].Text), Of(text, text));
        yield return Entry("join", Join, Of(text, texts), Of(text, texts, text));
        yield return Entry("strings.quote", (values, ref _) => Quote(values[0].Text), StandardFunctions.Global(text, text));
        yield return Entry("format", Format, Of(text, text, CelType.List(CelType.Dyn)));
    }

    /// <summary>Every one of them walks through its texts, and that is counted first.</summary>
    private static FunctionEntry Entry(string name, Nary body, params Signature[] signatures) =>
        StandardFunctions.Entry(
            name, (values, ref meter) =>
            {
                var length = 0L;
                foreach (ref readonly var value in values)
                {
                    length += value.Kind == CelKind.String ? value.Text.Length : 0;
                }

                return meter.SpendText(length) ? body(values, ref meter) : Meter.Exceeded;
            },
            signatures);

    private static CelValue CharAt(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var (text, at) = (values[0].Text, CodePoints.UnitOf(values[0].Text, values[1].Bits));
        return at < 0 ? OutOfRange(values[1])
            : at == text.Length ? ""
            : text.Substring(at, char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1);
    }

    private static CelValue IndexOf(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var (text, part, from) = (values[0].Text, values[1].Text, values.Length > 2 ? values[2].Bits : 0);
        if (part.Length == 0)
        {
            return from;
        }

        var start = CodePoints.UnitOf(text, from);
        if (start < 0)
        {
            return from < 0 ? OutOfRange(values[2]) : -1L;
        }

        var found = text.IndexOf(part, start, StringComparison.Ordinal);
        return found < 0 ? -1L : CodePoints.Count(text.AsSpan(0, found));
    }

    private static CelValue LastIndexOf(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var (text, part) = (values[0].Text, values[1].Text);
        var last = values.Length > 2 ? values[2].Bits : CodePoints.Count(text);
        var start = CodePoints.UnitOf(text, last);
        if (part.Length == 0 || start < 0)
        {
            return part.Length == 0 ? last : last < 0 ? OutOfRange(values[2]) : -1L;
        }

        var found = text.AsSpan(0, Math.Min(text.Length, start + part.Length)).LastIndexOf(part, StringComparison.Ordinal);
        return found < 0 ? -1L : CodePoints.Count(text.AsSpan(0, found));
    }

    private static CelValue Map(string text, Func<char, bool> applies, int shift) =>
        string.Create(text.Length, (text, applies, shift), static (target, from) =>
        {
            for (var i = 0; i < target.Length; i++)
            {
                var unit = from.text[i];
                target[i] = from.applies(unit) ? (char)(unit + from.shift) : unit;
            }
        });

    private static CelValue Replace(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var (text, old, with) = (values[0].Text, values[1].Text, values[2].Text);
        var left = values.Length > 3 && values[3].Bits >= 0 ? values[3].Bits : long.MaxValue;
        // The result can be as long as the product of text and replacement.
        if (!meter.Spend(((text.Length / 10) + 1L) * ((with.Length / 10) + 1L)))
        {
            return Meter.Exceeded;
        }

        var result = new StringBuilder();
        var at = 0;
        for (; left > 0 && at <= text.Length; left--)
        {
            var found = text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0)
            {
                break;
            }

            result.Append(text, at, found - at).Append(with);
            at = found + old.Length;
            if (old.Length == 0)
            {
                // Nothing stands before every code point and at the end.
                var width = at < text.Length && char.IsHighSurrogate(text[at]) ? 2 : 1;
                result.Append(text, at, Math.Min(width, text.Length - at));
                at += width;
            }
        }

        return at < text.Length ? result.Append(text, at, text.Length - at).ToString() : result.ToString();
    }

    private static CelValue Split(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var (text, separator, limit) = (values[0].Text, values[1].Text, values.Length > 2 ? values[2].Bits : -1);
        var most = limit < 0 ? int.MaxValue : (int)Math.Min(limit, int.MaxValue);
        if (most == 0)
        {
            return CelValue.Of(CelList.Empty);
        }

        var parts = separator.Length > 0 ? text.Split(separator, most) : CodePoints.Split(text);
        if (parts.Length > most)
        {
            parts = [.. parts[..(most - 1)], string.Concat(parts[(most - 1)..])];
        }

        return meter.Spend(parts.Length) ? CelValue.ListOf([.. parts.Select(CelValue.Of)]) : Meter.Exceeded;
    }

    private static CelValue Substring(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var text = values[0].Text;
        var start = CodePoints.UnitOf(text, values[1].Bits);
        var end = values.Length > 2 ? CodePoints.UnitOf(text, values[2].Bits) : text.Length;
        return start < 0 ? OutOfRange(values[1])
            : end < 0 ? OutOfRange(values[2])
            : start > end ? CelValue.Error(CelErrorCode.Range, $"invalid substring range: {values[1]} to {values[2]}")
            : text[start..end];
    }

    private static CelValue Join(ReadOnlySpan<CelValue> values, ref Meter meter)
    {
        var separator = values.Length > 1 ? values[1].Text : "";
        var result = new StringBuilder();
        var first = true;
        foreach (ref readonly var item in values[0].AsList().Span)
        {
            if (item.Kind != CelKind.String)
            {
                return Overload.None("join", item);
            }

            if (!meter.SpendText(item.Text.Length + separator.Length))
            {
                return Meter.Exceeded;
            }

            result.Append(first ? "" : separator).Append(item.Text);
            first = false;
        }

        return result.ToString();
    }

    private static CelValue Quote(string text)
    {
        const string special = "\a\b\f\n\r\t\v\\\"";
        const string names = "abfnrtv\\\"";
        var result = new StringBuilder("\"");
        foreach (var unit in text)
        {
            var index = special.IndexOf(unit, StringComparison.Ordinal);
            _ = index < 0 ? result.Append(unit) : result.Append('\\').Append(names[index]);
        }

        return result.Append('"').ToString();
    }

    private static CelValue Format(ReadOnlySpan<CelValue> values, ref Meter meter) =>
        TextFormat.Apply(values[0].Text, values[1].AsList(), ref meter);

    private static CelValue OutOfRange(in CelValue index) => CelValue.Error(CelErrorCode.Range, $"index out of range: {index}");
}
