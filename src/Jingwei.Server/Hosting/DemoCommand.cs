using System.CommandLine;
using System.Diagnostics;
using System.Net;
using Jingwei.Server.Access;
using Jingwei.Server.Console;
using Jingwei.Server.Packs;

namespace Jingwei.Server.Hosting;

/// <summary>`demo`: the server, and beside it the programs that play the installed packs' industries as real clients.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(7);

    public static Command Create()
    {
        var command = new Command("demo", "Runs the server with live simulated sources, which connect as real clients.");
        var options = new OptionsOnCommandLine(command);
        var speed = new Option<double>("--speed") { Description = "How many times faster than real time the sources live.", DefaultValueFactory = _ => 1 };
        var seed = new Option<int>("--seed") { Description = "Seed of everything random; the same seed plays the same story.", DefaultValueFactory = _ => 1 };
        command.Options.Add(speed);
        command.Options.Add(seed);
        command.SetAction((parsed, cancellation) => ServerRun.RunAsync(
            OpenForSources(options.Read(parsed)),
            (app, listening) =>
            {
                Start(app, listening, parsed.GetValue(speed), parsed.GetValue(seed));
                return Task.CompletedTask;
            },
            cancellation));
        return command;
    }

    // The sources publish their feeds on this machine, and anybody may read warnings of a place that is not.
    private static ServerOptions OpenForSources(ServerOptions options) => options with
    {
        Delivery = options.Delivery with { Networks = [.. options.Delivery.Networks, IPNetwork.Parse("127.0.0.0/8")] },
        PublicWarnings = true,
    };

    private static void Start(WebApplication app, Listening listening, double speed, int seed)
    {
        var tokens = app.Services.GetRequiredService<Tokens>();
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var sources = new List<Process>();
        foreach (var pack in app.Services.GetRequiredService<PackCatalog>().Current.Packs)
        {
            if (DemoPrograms.Of(pack.Id) is { } program)
            {
                var everything = new Grant(0, Role.Administrator, Parties.Root, Regions.Root);
                var (_, secret) = tokens.Add($"demo {pack.Id}", Users.First, everything, clock.GetUtcNow() + TokenLifetime);
                app.Services.GetRequiredService<Simulation>().Speed = speed;
                sources.Add(DemoPrograms.Start(program, listening, secret, speed, seed));
            }
        }

        app.Lifetime.ApplicationStopping.Register(() => sources.ForEach(DemoPrograms.Stop));
    }
}
