namespace Jingwei.Server.Telemetry.Intake;

/// <summary>
/// Takes a line in without decoding it, when it is as most are: a measurement and tags that came before, known number fields in their order,
/// plain decimal numbers, a time. Whatever else it may be is left to <see cref="LineReader"/>, so this decides nothing on its own.
/// </summary>
internal ref struct PlainLine(ReadOnlySpan<byte> line, int limit)
{
    private readonly ReadOnlySpan<byte> line = line;
    private int at;

    /// <summary>Bytes of the line with its end, or 0 when it is not that plain; then nothing of it is in the batch.</summary>
    /// <param name="time">In the precision of the request; null when the line has none.</param>
    public int Take(LineKey key, IntakeBatch batch, out long? time)
    {
        var first = batch.Accepted;
        at = key.Bytes.Length + 1;
        if (TryFields(key.Fields.All, batch) && TryTime(out time) && at <= limit && TryEnd())
        {
            return at;
        }

        batch.Truncate(first);
        time = null;
        return 0;
    }

    private bool TryFields(KnownField[] fields, IntakeBatch batch)
    {
        foreach (var field in fields)
        {
            if (!line[at..].StartsWith(field.Name))
            {
                continue;
            }

            var start = at += field.Name.Length;
            if (!PlainNumber.TryTake(line, ref at, out var number))
            {
                return false;
            }

            // An integer of line protocol; a plain number is a float, and both are numbers here.
            if (at < line.Length && line[at] == (byte)'i' && !line[start..at].Contains((byte)'.'))
            {
                at++;
            }

            field.Add(batch, number);
            if (at >= line.Length || line[at] != (byte)',')
            {
                return true;
            }

            at++;
        }

        return false;
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
        var digits = PlainNumber.TakeDigits(line, ref at, 0);
        time = digits;
        return at > start && at - start <= PlainNumber.MostDigits + 1 && digits >= 0;
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
