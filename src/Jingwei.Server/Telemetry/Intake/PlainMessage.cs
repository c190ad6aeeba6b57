namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// Takes a JSON message in without decoding it, when it is as most are: one object with "ts" in milliseconds, or none, and "values" of known
/// number properties in their order. Whatever else it may be is left to <see cref="JsonReadings"/>, so this decides nothing on its own.
/// </summary>
internal ref struct PlainMessage(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at;

    /// <summary>False when it is not that plain; then nothing of it is in the batch.</summary>
    /// <param name="time">Milliseconds since 1970; null when the message has none.</param>
    public bool TryTake(KnownField[] fields, IntakeBatch batch, out long? time)
    {
        var first = batch.Accepted;
        time = null;
        var hasValues = false;
        if (Skip('{'))
        {
            do
            {
                if (!(time is null && Skip("\"ts\""u8) && TryTime(out time))
                    && (hasValues || !Skip("\"values\""u8) || !(hasValues = TryFields(fields, batch))))
                {
                    hasValues = false;
                    break;
                }
            }
            while (Skip(','));
        }

        if (hasValues && Skip('}') && IsEnd())
        {
            return true;
        }

        batch.Truncate(first);
        return false;
    }

    private bool TryTime(out long? time)
    {
        time = null;
        if (!Skip(':'))
        {
            return false;
        }

        var start = at;
        time = PlainNumber.TakeDigits(text, ref at, 0);
        var count = at - start;
        return count is > 0 and < PlainNumber.MostDigits - 3 && (count == 1 || text[start] != (byte)'0') && at < text.Length && text[at] is (byte)',' or (byte)'}' or (byte)' ';
    }

    private bool TryFields(KnownField[] fields, IntakeBatch batch)
    {
        if (!Skip(':') || !Skip('{'))
        {
            return false;
        }

        foreach (var field in fields)
        {
            if (!Skip(field.Name))
            {
                continue;
            }

            if (!Skip(':') || !PlainNumber.TryTake(text, ref at, out var number) || at >= text.Length || text[at] is (byte)'e' or (byte)'E')
            {
                return false;
            }

            field.Add(batch, number);
            if (Skip('}'))
            {
                return true;
            }

            if (!Skip(','))
            {
                return false;
            }
        }

        return false;
    }

    private bool IsEnd()
    {
        SkipSpace();
        return at == text.Length;
    }

    // Each with the white space before it and behind it.
    private bool Skip(char mark)
    {
        SkipSpace();
        if (at >= text.Length || text[at] != mark)
        {
            return false;
        }

        at++;
        SkipSpace();
        return true;
    }

    private bool Skip(ReadOnlySpan<byte> name)
    {
        if (!text[at..].StartsWith(name))
        {
            return false;
        }

        at += name.Length;
        return true;
    }

    // RFC 8259, 2.
    private void SkipSpace()
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }
    }
}
