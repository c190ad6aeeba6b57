namespace Jingwei.Cel.Planning;

/// <summary>Runs what depends on nothing once, when it is compiled. What fails, or costs much, stays for the evaluation.</summary>
internal static class Folding
{
    private const long Steps = 1_000;

    public static Step Fold(Step step)
    {
        var frame = new Frame { Locals = [], Meter = new Meter(Steps, CancellationToken.None) };
        var value = step.Run(ref frame);
        return value.IsError || frame.Meter.Stopped ? step : Step.Of(value);
    }
}
