using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Results;

namespace Jingwei.Load.Publish;

/// <summary>The command `publish`: readings over MQTT QoS 1 beside mosquitto.</summary>
public static class PublishCommand
{
    public const string Name = "publish";

    private static readonly Option<int[]> Publishers = new("--publishers")
    {
        Description = "Publishers, each a thing with its own secret; several numbers are measured one after the other.",
        DefaultValueFactory = _ => [100, 1000],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<int> Window = new("--window") { Description = "Messages in flight of each publisher, at most.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Length of the measured part; a third of it goes before, unmeasured.", DefaultValueFactory = _ => 9 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Readings over MQTT QoS 1, 64 bytes of JSON each: acknowledged messages a second; beside mosquitto.") { Publishers, Window, Seconds };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed, report => RunAsync(parsed, shared, report, cancellation), cancellation));
        return command;
    }

    /// <summary>Runs it, and adds its figures to the report.</summary>
    private static async Task RunAsync(ParseResult parsed, SharedOptions shared, Report report, CancellationToken cancellation)
    {
        foreach (var publishers in parsed.GetValue(Publishers)!)
        {
            var plan = new PublishPlan(publishers, parsed.GetValue(Window), TimeSpan.FromSeconds(parsed.GetValue(Seconds)));
            var scenario = $"{Name} {publishers}";
            report.Set(scenario, new JsonObject
            {
                ["publishers"] = publishers, ["window"] = plan.Window, ["seconds"] = plan.Measured.TotalSeconds, ["payloadBytes"] = ReadingPublisher.PayloadBytes,
            });
            var results = await Brokers.All.RunAsync(
                scenario, parsed.GetValue(shared.Runs), parsed.GetValue(shared.Subjects)!, report, broker => PublishRun.RunAsync(broker, plan, cancellation));
            foreach (var (subject, runs) in results)
            {
                report.Add(PublishResult.Figures(scenario, subject, runs));
            }
        }
    }
}
