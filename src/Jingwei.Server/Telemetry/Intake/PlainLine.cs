namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// Takes a line in without decoding it, when it is as most are: a measurement and tags that came before, known number fields in their order,
/// plain decimal numbers, a time. Whatever else it may be is left to <see cref="LineReader"/>, so this decides nothing on its own.
/// </summary>
internal ref struct PlainLine(ReadOnlySpan<byte> line, int limit)
{
    // As many digits as a long surely holds, and a double's 53 bits; more are read in full.
    private const int MostDigits = 18;
    private const long LargestExact = 1L << 53;

    // Powers of ten that a double holds exactly: one division by them rounds correctly (Clinger, 1990).
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, 23).Select(power => double.Parse($"1e{power}", System.Globalization.CultureInfo.InvariantCulture))];

    private readonly ReadOnlySpan<byte> line = line;
    private int at;

    /// <summary>Bytes of the line with its end, or 0 when it is not that plain; then nothing of it is in the batch.</summary>
    /// <param name="time">In the precision of the request; null when the line has none.</param>
    public int Take(LineKey key, IntakeBatch batch, out long? time)
    {
        var first = batch.Accepted;
        at = key.Bytes.Length + 1;
        if (TryFields(key.Fields, batch) && TryTime(out time) && at <= limit && TryEnd())
        {
            return at;
        }

        batch.Truncate(first);
        time = null;
        return 0;
    }

    private bool TryFields(LineField[] fields, IntakeBatch batch)
    {
        foreach (var field in fields)
        {
            var key = field.KeyAndEquals;
            if (!line[at..].StartsWith(key))
            {
                continue;
            }

            at += key.Length;
            if (!TryNumber(out var number))
            {
                return false;
            }

            if (number < field.Min || number > field.Max)
            {
                batch.Add(field.Series, 0, number, null, Quality.Uncertain, "range");
            }
            else
            {
                batch.Add(field.Series, 0, number);
            }

            if (at >= line.Length || line[at] != (byte)',')
            {
                return true;
            }

            at++;
        }

        return false;
    }

    private bool TryNumber(out double number)
    {
        number = 0;
        var isNegative = at < line.Length && line[at] == (byte)'-';
        at += isNegative ? 1 : 0;
        var start = at;
        var digits = TakeDigits(0);
        var whole = at - start;
        if (whole == 0 || (whole > 1 && line[start] == (byte)'0') || at >= line.Length)
        {
            return false;
        }

        switch (line[at])
        {
            case (byte)'.':
                at++;
                var point = at;
                digits = TakeDigits(digits);
                var decimals = at - point;
                if (decimals == 0 || whole + decimals > MostDigits || digits > LargestExact)
                {
                    return false;
                }

                number = digits / PowersOfTen[decimals];
                number = isNegative ? -number : number;
                return true;
            case (byte)'i':
                at++;
                number = isNegative ? -digits : digits;
                return whole <= MostDigits;
            default:
                number = isNegative ? -(double)digits : digits;
                return whole <= MostDigits;
        }
    }

    private long TakeDigits(long digits)
    {
        while (at < line.Length && (uint)(line[at] - '0') <= 9)
        {
            digits = unchecked((digits * 10) + (line[at] - '0'));
            at++;
        }

        return digits;
    }

    private bool TryTime(out long? time)
    {
        time = null;
        if (at >= line.Length || line[at] is (byte)'\n')
        {
            return true;
        }

        if (line[at] != (byte)' ')
        {
            return false;
        }

        at++;
        var start = at;
        // Nineteen digits are nanoseconds of today.
        var digits = TakeDigits(0);
        time = digits;
        return at > start && at - start <= MostDigits + 1 && digits >= 0;
    }

    private bool TryEnd()
    {
        if (at < line.Length && line[at] == (byte)'\r')
        {
            at++;
        }

        if (at < line.Length && line[at] == (byte)'\n')
        {
            at++;
            return true;
        }

        return at == line.Length;
    }
}
