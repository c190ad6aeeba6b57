using System.CommandLine;

namespace Jingwei.Server.Hosting;

/// <summary>`serve`: runs the server until it is told to stop.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Runs the server on an empty or existing data folder.");
        var options = new OptionsOnCommandLine(command);
        command.SetAction((parsed, cancellation) => ServerRun.RunAsync(options.Read(parsed), (_, _) => Task.CompletedTask, cancellation));
        return command;
    }
}
