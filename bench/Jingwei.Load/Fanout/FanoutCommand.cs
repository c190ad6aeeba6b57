using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Results;

namespace Jingwei.Load.Fanout;

/// <summary>The command `fanout`: one publisher to many subscribers beside mosquitto.</summary>
public static class FanoutCommand
{
    public const string Name = "fanout";

    private static readonly Option<int> Subscribers = new("--subscribers") { Description = "Subscribers of the one topic.", DefaultValueFactory = _ => 1000 };
    private static readonly Option<int> Window = new("--window") { Description = "Messages under way to all subscribers, at most.", DefaultValueFactory = _ => 100 };
    private static readonly Option<int> Seconds = new("--seconds") { Description = "Length of the measured part; a third of it goes before, unmeasured.", DefaultValueFactory = _ => 6 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "One publisher to many subscribers, QoS 0 and 1: deliveries a second; beside mosquitto.") { Subscribers, Window, Seconds };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(parsed, report => RunAsync(parsed, shared, report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, SharedOptions shared, Report report, CancellationToken cancellation)
    {
        foreach (var qos in (int[])[0, 1])
        {
            var plan = new FanoutPlan(parsed.GetValue(Subscribers), qos, parsed.GetValue(Window), TimeSpan.FromSeconds(parsed.GetValue(Seconds)));
            var scenario = $"{Name} QoS {qos}";
            report.Set(scenario, new JsonObject { ["subscribers"] = plan.Subscribers, ["window"] = plan.Window, ["payloadBytes"] = ReadingPublisher.PayloadBytes });
            var results = await Brokers.All.RunAsync(
                scenario, parsed.GetValue(shared.Runs), parsed.GetValue(shared.Subjects)!, report, broker => new FanoutRun(broker, plan).RunAsync(cancellation));
            foreach (var (subject, runs) in results)
            {
                report.Add(FanoutResult.Figures(scenario, subject, runs));
            }
        }
    }
}
