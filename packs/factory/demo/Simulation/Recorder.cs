namespace Jingwei.Demo.Factory.Simulation;

/// <summary>How often a machine reports, and whether it repeats values that have not changed.</summary>
/// <param name="Every">Between two samples of process values and counters.</param>
/// <param name="Repeat">Whether values are sent again when they are as before.</param>
internal sealed record Cadence(TimeSpan Every, bool Repeat);

/// <summary>
/// A machine's gateway: state, program and ideal cycle at the moment they change, counters and process values at a cadence.
/// </summary>
internal sealed class Recorder(Machine machine, Random random)
{
    private readonly IReadOnlyList<Signal> signals = ProcessSignals.For(machine.Place);
    private readonly Dictionary<string, double> last = new(StringComparer.Ordinal);
    private MachineState? lastState;
    private StopReason? lastReason;
    private Product? lastProduct;
    private DateTimeOffset? sampledAt;
    private DateTimeOffset dueAt;

    public Machine Machine { get; } = machine;

    /// <summary>
    /// Brings the process values up to <paramref name="now"/> and says everything anew, as a gateway does when it has
    /// connected: state at the next call, samples from <paramref name="firstSample"/>.
    /// </summary>
    public void Restart(DateTimeOffset now, DateTimeOffset firstSample)
    {
        foreach (var signal in signals)
        {
            signal.Sample(Machine, (now - (sampledAt ?? now)).TotalSeconds, random);
        }

        sampledAt = now;
        last.Clear();
        lastState = null;
        lastReason = null;
        lastProduct = null;
        dueAt = firstSample;
    }

    /// <summary>
    /// What there is to report now; null when nothing. The plant runs <paramref name="speed"/> times faster than the
    /// clock that stamps its reports, so ideal cycles are reported that much shorter.
    /// </summary>
    public Report? Collect(DateTimeOffset now, Cadence cadence, double speed)
    {
        var values = new List<Measurement>();
        if (Machine.State != lastState)
        {
            lastState = Machine.State;
            values.Add(new Measurement("state", 0, Machine.State.Id()));
        }

        if (Machine.Reason != lastReason)
        {
            lastReason = Machine.Reason;
            values.Add(new Measurement("stop_reason", 0, Machine.Reason.Id()));
        }

        if (Machine.Product is { } product && product != lastProduct)
        {
            lastProduct = product;
            values.Add(new Measurement("program", 0, product.Program));
            values.Add(new Measurement("ideal_cycle_time", Math.Round(Machine.IdealCycle / speed, 2)));
        }

        if (now >= dueAt)
        {
            Sample(values, now, cadence, speed);
        }

        return values.Count == 0 ? null : new Report(now, values);
    }

    private void Sample(List<Measurement> values, DateTimeOffset now, Cadence cadence, double speed)
    {
        var counters = Machine.Counters;
        AddChanged(values, new Measurement("produced_count", counters.Produced), repeat: false);
        AddChanged(values, new Measurement("good_count", counters.Good), repeat: false);
        AddChanged(values, new Measurement("first_pass_count", counters.FirstPass), repeat: false);
        AddChanged(values, new Measurement("scrap_count", counters.Scrap), repeat: false);
        AddChanged(values, new Measurement("energy", Math.Round(counters.Energy, 2)), cadence.Repeat);
        if (Machine.Place.Input is { } input)
        {
            AddChanged(values, new Measurement("waiting_panels", input.Count), repeat: false);
        }

        var seconds = (now - (sampledAt ?? now)).TotalSeconds * speed;
        foreach (var signal in signals)
        {
            AddChanged(values, signal.Sample(Machine, seconds, random), cadence.Repeat);
        }

        sampledAt = now;
        dueAt = now + cadence.Every;
    }

    private void AddChanged(List<Measurement> values, Measurement measurement, bool repeat)
    {
        if (!repeat && last.TryGetValue(measurement.Property, out var before) && before == measurement.Number)
        {
            return;
        }

        last[measurement.Property] = measurement.Number;
        values.Add(measurement);
    }
}
