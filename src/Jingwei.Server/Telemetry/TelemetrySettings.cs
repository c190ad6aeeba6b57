using System.Reflection;
using Jingwei.Server.Telemetry.Engine;
using Jingwei.Server.Telemetry.Intake.Sparkplug;
using Jingwei.Server.Telemetry.Keeping;

namespace Jingwei.Server.Telemetry;

/// <summary>Reads the section <see cref="Section"/> of the configuration, and says what in it cannot be.</summary>
internal static class TelemetrySettings
{
    public const string Section = "Telemetry";

    /// <summary>Rows of the engine's block: an insert of fewer is one part of a table, and so there as a whole or not at all.</summary>
    public const int AtomicRows = 1_048_449;

    // With a last commit it still fits into an array.
    private const long MostSegmentBytes = 1L << 30;

    // Nothing of these is an answer too: put into the engine at once, and never said to be low or critical.
    private static readonly string[] MayBeNothing =
        [nameof(TelemetryOptions.EngineDelay), nameof(TelemetryOptions.DiskLow), nameof(TelemetryOptions.DiskCritical)];

    /// <summary>The options as set; those that are not set have their defaults.</summary>
    /// <param name="faults">What is wrong, a sentence each; empty when nothing is.</param>
    public static TelemetryOptions Read(IConfiguration settings, out IReadOnlyList<string> faults)
    {
        try
        {
            var options = settings.GetSection(Section).Get<TelemetryOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new TelemetryOptions();
            faults = [.. Faults(options, Section), .. TogetherFaults(options)];
            return options;
        }
        catch (InvalidOperationException error)
        {
            faults = [error.InnerException is { } cause ? $"{error.Message} {cause.Message}" : error.Message];
            return new TelemetryOptions();
        }
    }

    // Each by itself: a limit of nothing would take nothing in.
    private static IEnumerable<string> Faults(object options, string path)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"{path}:{property.Name}";
            switch (property.GetValue(options))
            {
                case { } value when Sign(value) < 0 || (Sign(value) == 0 && !MayBeNothing.Contains(property.Name)):
                    yield return $"{name} is {value}; it must {(MayBeNothing.Contains(property.Name) ? "not be negative" : "be more than 0")}.";
                    break;
                case Enum choice when !Enum.IsDefined(choice.GetType(), choice):
                    yield return $"{name} is {choice}; it must be one of {string.Join(", ", Enum.GetNames(choice.GetType()))}.";
                    break;
                case RetentionOptions { Fault: { } fault }:
                    yield return $"{name}: {fault}";
                    break;
                case EngineOptions or SparkplugOptions:
                    foreach (var fault in Faults(property.GetValue(options)!, name))
                    {
                        yield return fault;
                    }

                    break;
            }
        }
    }

    private static IEnumerable<string> TogetherFaults(TelemetryOptions options)
    {
        if ((long)options.EngineBatchValues + options.BatchValues >= AtomicRows)
        {
            yield return $"{Section}:EngineBatchValues and {Section}:BatchValues are {(long)options.EngineBatchValues + options.BatchValues} together; "
                + $"they must stay below {AtomicRows}, the rows that the engine inserts as a whole.";
        }

        if (options.LogBytes < options.SegmentBytes)
        {
            yield return $"{Section}:LogBytes is less than {Section}:SegmentBytes; one segment must fit.";
        }

        if (options.Sparkplug.HostId.Length == 0 || options.Sparkplug.HostId.AsSpan().ContainsAny("/+#"))
        {
            yield return $"{Section}:Sparkplug:HostId is \"{options.Sparkplug.HostId}\"; it is one level of a topic, without '/', '+' and '#'.";
        }

        if (options.SegmentBytes > MostSegmentBytes)
        {
            yield return $"{Section}:SegmentBytes is {options.SegmentBytes}; a segment is read into memory as a whole, so it must be at most {MostSegmentBytes}.";
        }

        if (options.WriteBytesInFlight < 4L * options.WriteBytes)
        {
            yield return $"{Section}:WriteBytesInFlight is less than four times {Section}:WriteBytes; one request must fit, packed and unpacked, while it grows.";
        }

        if (options.DiskLow is not < 1)
        {
            yield return $"{Section}:DiskLow is {options.DiskLow}; it is a share of the disk, less than 1.";
        }

        if (options.SyncInterval.TotalMilliseconds is < 1 or > int.MaxValue)
        {
            yield return $"{Section}:SyncInterval is {options.SyncInterval}; it must be from 1 ms to 24 days.";
        }
    }

    // What is no amount counts as one.
    private static int Sign(object value) => value switch
    {
        int number => Math.Sign(number),
        long number => Math.Sign(number),
        double number => double.IsNaN(number) ? 1 : Math.Sign(number),
        TimeSpan span => Math.Sign(span.Ticks),
        _ => 1,
    };
}
