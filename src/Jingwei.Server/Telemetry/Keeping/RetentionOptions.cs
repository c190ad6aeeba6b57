using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Jingwei.Server.Telemetry.Keeping;

/// <summary>
/// How long each form of a reading is kept; null: for ever. At least a day, and a coarser form at least as long as a finer one, because
/// what is corrected late is summed up anew from the finer one.
/// </summary>
/// <param name="Readings">Readings one by one, where a property's pack does not say.</param>
/// <param name="Minutes">Sums of minutes; never shorter than the readings that they were made of.</param>
/// <param name="Hours">Sums of hours.</param>
/// <param name="Days">Sums of days.</param>
public sealed record RetentionOptions(TimeSpan? Readings = null, TimeSpan? Minutes = null, TimeSpan? Hours = null, TimeSpan? Days = null)
{
    /// <summary>The ages of the sums, finest first.</summary>
    public IReadOnlyList<TimeSpan?> Levels => [Minutes, Hours, Days];

    /// <summary>Reads "readings=90d,minutes=365d,hours=3650d,days=36500d"; what is not named is kept for ever.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RetentionOptions? options, [NotNullWhen(false)] out string? fault)
    {
        options = new RetentionOptions();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (name, age) = part.Split('=', 2) is [var before, var after] ? (before, after) : (part, "");
            if (!age.EndsWith('d') || !int.TryParse(age.AsSpan(0, age.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days))
            {
                (options, fault) = (null, $"--keep takes days, such as readings=90d; got \"{part}\".");
                return false;
            }

            options = name switch
            {
                "readings" => options with { Readings = TimeSpan.FromDays(days) },
                "minutes" => options with { Minutes = TimeSpan.FromDays(days) },
                "hours" => options with { Hours = TimeSpan.FromDays(days) },
                "days" => options with { Days = TimeSpan.FromDays(days) },
                _ => null,
            };
            if (options is null)
            {
                fault = $"--keep knows readings, minutes, hours and days, and not \"{name}\".";
                return false;
            }
        }

        fault = options.Fault;
        options = fault is null ? options : null;
        return fault is null;
    }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Fault
    {
        get
        {
            TimeSpan?[] ages = [Readings, .. Levels];
            if (ages.Any(age => age < TimeSpan.FromDays(1)))
            {
                return "Nothing is kept for less than a day.";
            }

            // Readings without an age may have one in their pack, so sums of minutes may have one all the same.
            return ages.Skip(1).Zip(ages.Skip(2)).Any(pair => pair.Second < (pair.First ?? TimeSpan.MaxValue)) || ages.Skip(1).Any(age => age < Readings)
                ? "A coarser form is kept at least as long as a finer one: readings, minutes, hours, days."
                : null;
        }
    }
}
