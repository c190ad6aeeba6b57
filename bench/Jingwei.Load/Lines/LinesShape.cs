namespace Jingwei.Load.Lines;

/// <summary>How much data there is and how it is sent.</summary>
/// <param name="Hosts">Hosts, each with ten fields; a multiple of <paramref name="Connections"/>.</param>
/// <param name="Connections">HTTP connections; each sends one request after the other.</param>
/// <param name="LinesARequest">Lines in one request.</param>
/// <param name="WarmUpValues">Values sent before the measured part; rounded up to whole requests of every connection.</param>
/// <param name="MeasuredValues">Values of the measured part; rounded up likewise.</param>
public sealed record LinesShape(int Hosts, int Connections, int LinesARequest, long WarmUpValues, long MeasuredValues)
{
    /// <summary>Requests of each connection in the warm-up.</summary>
    public int WarmUpRequests => Requests(WarmUpValues);

    /// <summary>Requests of each connection in the measured part.</summary>
    public int MeasuredRequests => Requests(MeasuredValues);

    public long LinesAConnection => (long)(WarmUpRequests + MeasuredRequests) * LinesARequest;

    /// <summary>The time from the first line to the last.</summary>
    public TimeSpan Span => TimeSpan.FromSeconds(CpuLines.StepSeconds * ((LinesAConnection - 1) / (Hosts / Connections)));

    /// <summary>Values in so many requests of every connection.</summary>
    public long Values(int requests) => (long)requests * Connections * LinesARequest * CpuLines.Fields.Count;

    /// <summary>Why it cannot be sent so; null when it can.</summary>
    public string? Fault =>
        Hosts < 1 || Connections < 1 || LinesARequest < 1 || MeasuredValues < 1 || WarmUpValues < 0 ? "Numbers must be positive."
        : Hosts % Connections != 0 ? "The hosts must divide evenly among the connections."
        : null;

    private int Requests(long values) => (int)Math.Ceiling(values / (double)Values(1));
}
