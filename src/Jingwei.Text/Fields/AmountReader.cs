namespace Jingwei.Text.Fields;

/// <summary>Magnitudes and losses.</summary>
internal static class AmountReader
{
    private const double GreatestMagnitude = 10;

    /// <summary>The magnitude of an earthquake: 里氏7.8级, 4.0级地震.</summary>
    internal static Stated<double>? ReadMagnitude(ReadOnlySpan<char> plain, bool inTitle)
    {
        for (var i = 0; i < plain.Length; i++)
        {
            if (char.IsAsciiDigit(plain[i]) && NumberExpression.TryRead(plain, i, out var number))
            {
                var after = plain[number.End..];
                var before = plain[Math.Max(0, i - 8)..i];
                if (after.StartsWith("级") && number.Value < GreatestMagnitude && (after[..Math.Min(after.Length, 8)].Contains('震') || before.IndexOf("里氏") >= 0 || before.IndexOf("震级") >= 0))
                {
                    return new Stated<double>(Math.Round(number.Value, 2), i, number.End + 1, 0.9, inTitle);
                }

                i = number.End - 1;
            }
        }

        return null;
    }

    /// <summary>A loss in yuan: 直接经济损失约300万元.</summary>
    internal static Stated<double>? ReadLoss(ReadOnlySpan<char> plain)
    {
        for (var at = plain.IndexOf("损失"); at >= 0;)
        {
            var end = Math.Min(plain.Length, at + 16);
            for (var i = at + 2; i < end && plain[i] is not ('。' or '；' or '\n'); i++)
            {
                if (NumberExpression.TryRead(plain, i, out var number) && number.End < plain.Length && plain[number.End] == '元')
                {
                    return new Stated<double>(Math.Round(number.Value, 2), i, number.End + 1, 0.85, false);
                }
            }

            var next = plain[(at + 2)..].IndexOf("损失");
            at = next < 0 ? -1 : at + 2 + next;
        }

        return null;
    }
}
