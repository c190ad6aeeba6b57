namespace Jingwei.Text.Fields;

/// <summary>A number in running text: figures (12, 1,200, 3.5万) or Chinese numerals (二十三, 两千余).</summary>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends, exclusive, with what blurs it (余, 多).</param>
/// <param name="Value">Its value; of a blurred one the figure that is named (70余: 70, 近百: 100).</param>
/// <param name="Blurred">Whether the text says that it is not exact.</param>
internal readonly record struct NumberExpression(int Start, int End, double Value, bool Blurred)
{
    private const string HanDigits = "零一二三四五六七八九";
    private const int LongestNumber = 24;

    /// <summary>Reads a number that starts exactly at a position of plain text (half-width, simplified).</summary>
    internal static bool TryRead(ReadOnlySpan<char> text, int start, out NumberExpression number)
    {
        number = default;
        if (start > 0 && IsPart(text[start - 1]) && IsPart(text[start]))
        {
            return false;
        }

        var end = start;
        double value;
        if (char.IsAsciiDigit(text[start]))
        {
            value = ReadFigures(text, ref end);
        }
        else if (!TryReadHan(text, ref end, out value))
        {
            return false;
        }

        var blurred = start > 0 && text[start - 1] is '近' or '约' or '逾' or '超';
        if (end < text.Length && text[end] is '余' or '多' or '来' or '几')
        {
            blurred = true;
            end++;
            value *= end < text.Length ? Magnitude(text[end]) : 1;
            end += end < text.Length && Magnitude(text[end]) > 1 ? 1 : 0;
        }

        number = new NumberExpression(start, end, value, blurred);
        return true;
    }

    private static bool IsPart(char character) => char.IsAsciiDigit(character) || character is '.' or '点' || Digit(character) >= 0 || Unit(character) > 1;

    private static double ReadFigures(ReadOnlySpan<char> text, ref int end)
    {
        double value = 0;
        var fraction = 0.0;
        var limit = Math.Min(text.Length, end + LongestNumber);
        for (; end < limit; end++)
        {
            var character = text[end];
            var digitFollows = end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]);
            if (char.IsAsciiDigit(character))
            {
                value = fraction == 0 ? (value * 10) + (character - '0') : value + ((character - '0') * fraction);
                fraction /= 10;
            }
            else if (character == '.' && digitFollows && fraction == 0)
            {
                fraction = 0.1;
            }
            else if (!(character == ',' && IsThousands(text, end)))
            {
                break;
            }
        }

        while (end < limit && Magnitude(text[end]) > 1)
        {
            value *= Magnitude(text[end++]);
        }

        return value;
    }

    // A comma belongs to a number only before three digits: in "3,4" it separates two.
    private static bool IsThousands(ReadOnlySpan<char> text, int comma) =>
        comma + 3 < text.Length && char.IsAsciiDigit(text[comma + 1]) && char.IsAsciiDigit(text[comma + 2]) && char.IsAsciiDigit(text[comma + 3])
        && (comma + 4 >= text.Length || !char.IsAsciiDigit(text[comma + 4]));

    private static bool TryReadHan(ReadOnlySpan<char> text, ref int end, out double value)
    {
        double total = 0, section = 0, digit = -1, places = 0;
        var start = end;
        var limit = Math.Min(text.Length, end + LongestNumber);
        for (; end < limit; end++)
        {
            var next = Digit(text[end]);
            var unit = Unit(text[end]);
            if (next >= 0)
            {
                digit = digit > 0 && next >= 0 && places > 0 ? (digit * 10) + next : next;
                places++;
            }
            else if (unit >= 10_000)
            {
                total = (total + section + Math.Max(digit, 0)) * unit;
                (section, digit, places) = (0, -1, 0);
            }
            else if (unit > 1)
            {
                section += (digit < 0 ? 1 : digit) * unit;
                (digit, places) = (-1, 0);
            }
            else
            {
                break;
            }
        }

        value = total + section + Math.Max(digit, 0);
        return end > start;
    }

    private static int Digit(char character) => character switch
    {
        '〇' or '零' => 0,
        '两' or '俩' => 2,
        '仨' => 3,
        _ => HanDigits.IndexOf(character),
    };

    private static double Unit(char character) => character switch { '十' => 10, '百' => 100, '千' => 1_000, '万' => 10_000, '亿' => 100_000_000, _ => 1 };

    private static double Magnitude(char character) => character switch { '千' => 1_000, '万' => 10_000, '亿' => 100_000_000, _ => 1 };
}
