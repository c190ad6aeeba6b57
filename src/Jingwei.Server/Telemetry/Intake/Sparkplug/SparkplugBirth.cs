using System.Text;
using Jingwei.Fieldbus.Sparkplug;

namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>Declares the metrics of a birth and takes their values; a template's members are metrics behind its name.</summary>
/// <param name="device">Null: the edge node itself.</param>
internal readonly struct SparkplugBirth(SparkplugReadings metrics, EdgeNode session, string? device)
{
    /// <summary>Templates within templates; deeper ones are rejected as what they are.</summary>
    public const int DeepestTemplate = 8;

    public void Take(in SparkplugTarget target, in SparkplugPayload payload)
    {
        foreach (var metric in payload.Metrics)
        {
            Take(target, metric, "", 0);
        }
    }

    /// <summary>True for what an edge node is steered by; it is declared so that it can be commanded, and is no reading.</summary>
    public static bool IsControl(string name) =>
        name == "bdSeq" || name.StartsWith("Node Control/", StringComparison.Ordinal) || name.StartsWith("Device Control/", StringComparison.Ordinal);

    private void Take(in SparkplugTarget target, in SparkplugMetric metric, string prefix, int depth)
    {
        var name = prefix + Encoding.UTF8.GetString(metric.Name);
        if (metric.Kind == SparkplugValue.Template && !metric.IsNull && depth < DeepestTemplate)
        {
            TakeTemplate(target, metric, name, depth);
            return;
        }

        var definition = metric.Name.IsEmpty ? null : session.Declare(device, name, metric.Alias, metric.DataType);
        if (!IsControl(name))
        {
            metrics.Add(target, definition, metric);
        }
    }

    private void TakeTemplate(in SparkplugTarget target, in SparkplugMetric metric, string name, int depth)
    {
        // A definition says what instances look like; it has no values.
        if (metric.Template.IsDefinition)
        {
            return;
        }

        session.Declare(device, name, metric.Alias, SparkplugDataType.Template);
        foreach (var member in metric.Template.Metrics)
        {
            Take(target, member, $"{name}/", depth + 1);
        }
    }
}
