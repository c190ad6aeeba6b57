using System.CommandLine;
using Jingwei.Load.Results;

namespace Jingwei.Load;

/// <summary>Options that every comparison has, and what they do at its end.</summary>
public sealed class SharedOptions
{
    public SharedOptions()
    {
        Runs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--runs is at least 1.");
            }
        });
    }

    public Option<int> Runs { get; } = new("--runs") { Description = "Runs of each; the table has median, minimum and maximum.", DefaultValueFactory = _ => 5 };

    public Option<string[]> Subjects { get; } = new("--subjects")
    {
        Description = "Who is run, such as: jingwei influxdb. All by default.",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<FileInfo> Json { get; } = new("--json") { Description = "A file that gets the results as JSON, each run apart." };

    public void AddTo(Command command)
    {
        command.Add(Runs);
        command.Add(Subjects);
        command.Add(Json);
    }

    /// <summary>Runs a comparison, prints its table, and writes the file where one is asked for; returns the exit code.</summary>
    public async Task<int> ReportAsync(ParseResult parsed, Func<Report, Task> run, CancellationToken cancellation)
    {
        var report = new Report(Machine.Look());
        await run(report);
        Console.WriteLine(report.ToTable());
        if (parsed.GetValue(Json) is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, report.ToJson(), cancellation);
        }

        return 0;
    }
}
