using System.CommandLine;
using System.Text.Json.Nodes;
using Jingwei.Load.Mqtt;
using Jingwei.Load.Results;
using Jingwei.Load.Servers;

namespace Jingwei.Load.Idle;

/// <summary>The command `idle`: memory of clients that do nothing.</summary>
public static class IdleCommand
{
    public const string Name = "idle";

    private static readonly Option<int> Clients = new("--clients") { Description = "Clients that are connected and do nothing.", DefaultValueFactory = _ => 15_000 };
    private static readonly Option<int> Settle = new("--settle") { Description = "Seconds before memory is read.", DefaultValueFactory = _ => 5 };

    public static Command Create(SharedOptions shared)
    {
        var command = new Command(Name, "Memory of idle clients with persistent sessions, and intake while they are connected; beside mosquitto and a bare Kestrel.") { Clients, Settle };
        shared.AddTo(command);
        command.SetAction((parsed, cancellation) => shared.ReportAsync(
            parsed,
            async report =>
            {
                var (clients, settle) = (parsed.GetValue(Clients), TimeSpan.FromSeconds(parsed.GetValue(Settle)));
                report.Set(Name, new JsonObject { ["clients"] = clients, ["settleSeconds"] = settle.TotalSeconds });
                var subjects = new Subjects<IBroker>(
                    new(Report.Ours, null, () => new JingweiBroker()),
                    new("mosquitto", Mosquitto.Program, () => new Mosquitto()),
                    new(BareKestrel.Name, null, () => new BareKestrel()));
                var results = await subjects.RunAsync(
                    Name, parsed.GetValue(shared.Runs), parsed.GetValue(shared.Subjects)!, report, broker => IdleRun.RunAsync(broker, clients, settle, cancellation));
                foreach (var (subject, runs) in results)
                {
                    report.Add(IdleResult.Figures(subject, runs));
                }
            },
            cancellation));
        return command;
    }
}
