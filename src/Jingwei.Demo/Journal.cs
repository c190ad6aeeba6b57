using System.Globalization;

namespace Jingwei.Demo;

/// <summary>One line for everything worth knowing, with the time.</summary>
public sealed class Journal(TextWriter output, TimeProvider time)
{
    private readonly TextWriter output = TextWriter.Synchronized(output);

    public void Write(FormattableString line)
    {
        var at = time.GetUtcNow().ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        output.WriteLine($"{at} {line.ToString(CultureInfo.InvariantCulture)}");
    }
}
