using System.Globalization;
using System.Text;

namespace Jingwei.Server.Console;

/// <summary>What a metric family is, as Prometheus knows it.</summary>
internal enum MetricKind
{
    /// <summary>Only grows; its name ends in "_total".</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,
}

/// <summary>One value of a family.</summary>
/// <param name="Labels">Names and values, in the order that they are written.</param>
internal readonly record struct Sample(double Value, params (string Name, string Value)[] Labels);

/// <summary>Writes the text exposition format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).</summary>
internal sealed class MetricsText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    /// <summary>Adds a family with all its samples; one without samples is left out.</summary>
    public MetricsText Add(string name, MetricKind kind, string help, params IReadOnlyCollection<Sample> samples)
    {
        if (samples.Count == 0)
        {
            return this;
        }

        text.Append("# HELP ").Append(name).Append(' ').Append(Escape(help, quoted: false)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(kind == MetricKind.Counter ? "counter" : "gauge").Append('\n');
        foreach (var sample in samples)
        {
            text.Append(name);
            if (sample.Labels.Length > 0)
            {
                text.Append('{').AppendJoin(',', sample.Labels.Select(label => $"{label.Name}=\"{Escape(label.Value, quoted: true)}\"")).Append('}');
            }

            text.Append(' ').Append(Number(sample.Value)).Append('\n');
        }

        return this;
    }

    /// <inheritdoc cref="Add(string, MetricKind, string, IReadOnlyCollection{Sample})"/>
    public MetricsText Add(string name, MetricKind kind, string help, double value) => Add(name, kind, help, new Sample(value));

    public override string ToString() => text.ToString();

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Escape(string value, bool quoted)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quoted ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }
}
