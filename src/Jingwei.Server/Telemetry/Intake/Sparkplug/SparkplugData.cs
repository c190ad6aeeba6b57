using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Jingwei.Fieldbus.Sparkplug;

namespace Jingwei.Server.Telemetry.Intake.Sparkplug;

/// <summary>Takes the metrics of a data message by what their birth declared.</summary>
/// <param name="device">Null: the edge node itself.</param>
internal readonly struct SparkplugData(SparkplugReadings metrics, SparkplugNode node, string? device)
{
    /// <summary>True when something in it is not known from a birth.</summary>
    public bool Take(in SparkplugTarget target, in SparkplugPayload payload)
    {
        var isStrange = !node.Session.Has(device);
        foreach (var metric in payload.Metrics)
        {
            var definition = node.Session.Find(device, metric);
            isStrange |= Take(target, definition, metric, 0);
            if (node.Waiting.Count > 0 && definition is not null)
            {
                Confirm(definition, metric);
            }
        }

        return isStrange;
    }

    private bool Take(in SparkplugTarget target, MetricDefinition? definition, in SparkplugMetric metric, int depth)
    {
        if (metric.Kind == SparkplugValue.Template && !metric.IsNull && definition is not null && depth < SparkplugBirth.DeepestTemplate)
        {
            var isStrange = false;
            foreach (var member in metric.Template.Metrics)
            {
                isStrange |= Take(target, node.Session.Find(device, $"{definition.Name}/{Encoding.UTF8.GetString(member.Name)}"), member, depth + 1);
            }

            return isStrange;
        }

        if (definition is null || !SparkplugBirth.IsControl(definition.Name))
        {
            metrics.Add(target, definition, metric);
        }

        return definition is null;
    }

    // The metric that was set says what it is now: that is all the answer there is in Sparkplug.
    private void Confirm(MetricDefinition definition, in SparkplugMetric metric)
    {
        for (var left = node.Waiting.Count; left > 0; left--)
        {
            var waiting = node.Waiting.Dequeue();
            if (waiting.Device == device && waiting.Metrics.Contains(definition.Name))
            {
                node.Answered.Add((waiting, new JsonObject { [definition.Name] = Value(definition, metric) }.ToJsonString()));
            }
            else
            {
                node.Waiting.Enqueue(waiting);
            }
        }
    }

    private static JsonValue? Value(MetricDefinition definition, in SparkplugMetric metric) => metric.Kind switch
    {
        _ when metric.IsNull => null,
        SparkplugValue.Boolean => JsonValue.Create(metric.Bits != 0),
        SparkplugValue.String => JsonValue.Create(metric.Text()),
        _ when !metric.TryNumber(definition.Type, out var number) => null,
        _ when metric.TryNumber(definition.Type, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(metric.Bits.ToString(CultureInfo.InvariantCulture)),
    };
}
