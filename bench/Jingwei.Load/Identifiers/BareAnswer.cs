using System.Buffers;
using System.CommandLine;
using System.Globalization;
using System.Net;
using Jingwei.Load.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jingwei.Load.Identifiers;

/// <summary>
/// ASP.NET Core's own server with a handler that has one answer in memory and gives it to everybody: what a resolution costs before it resolves
/// anything. It runs this very program with a command of its own.
/// </summary>
internal static class BareAnswer
{
    private const string Name = "bare-answer";

    public static Command CreateServer()
    {
        var (port, answer) = (new Option<int>("--port") { Required = true }, new Option<string>("--answer") { Required = true });
        var command = new Command(Name, "The server that `identifiers` compares with.") { port, answer };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellation) =>
        {
            var body = Convert.FromBase64String(parsed.GetValue(answer)!);
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.ListenLocalhost(parsed.GetValue(port));
            });
            await using var server = builder.Build();
            server.Run(context =>
            {
                context.Response.ContentType = "application/json;charset=UTF-8";
                context.Response.ContentLength = body.Length;
                context.Response.BodyWriter.Write(body);
                return Task.CompletedTask;
            });
            await server.StartAsync(cancellation);
            Console.WriteLine("ready");
            await server.WaitForShutdownAsync(cancellation);
        });
        return command;
    }

    public static async Task<(SubjectProcess Process, IPEndPoint Address)> StartAsync(byte[] answer, CancellationToken cancellation)
    {
        var port = SubjectProcess.FreePort();
        var (process, _) = await SubjectProcess.StartAsync(
            "dotnet",
            [typeof(BareAnswer).Assembly.Location, Name, "--port", port.ToString(CultureInfo.InvariantCulture), "--answer", Convert.ToBase64String(answer)],
            line => line == "ready",
            cancellation);
        return (process, new(IPAddress.Loopback, port));
    }
}
