using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Relay;

/// <summary>The command `relay`: one mosquitto_pub to one mosquitto_sub through our server and through mosquitto.</summary>
public static class RelayCommand
{
    public const string Name = "relay";

    private static readonly Option<int> Messages = new("--messages") { Description = "Messages, 64 bytes each.", DefaultValueFactory = _ => 500_000 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "QoS 0 from one mosquitto_pub to one mosquitto_sub: messages a second; beside mosquitto.") { Messages };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(parsed, report => RunAsync(parsed, shared, report, cancellation), cancellation));
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, SharedOptions shared, Report report, CancellationToken cancellation)
    {
        var messages = parsed.GetValue(Messages);
        report.Set(Name, new JsonObject { ["messages"] = messages, ["payloadBytes"] = ReadingPublisher.PayloadBytes });
        if (SubjectProcess.Find(RelayRun.Publisher) is null)
        {
            report.Skip(Name, "all", $"{RelayRun.Publisher} is not installed");
            return;
        }

        var results = await Brokers.All.RunAsync(
            Name, parsed.GetValue(shared.Runs), parsed.GetValue(shared.Subjects)!, report, broker => RelayRun.RunAsync(broker, messages, cancellation));
        foreach (var (subject, runs) in results)
        {
            report.Add(RelayResult.Figures(subject, runs));
        }
    }
}
