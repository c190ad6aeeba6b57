namespace Jingwei.Acceptance.Hosting;

/// <summary>The server knows no pack: it runs without any, and refuses broken ones as a whole.</summary>
public sealed class PacksFolderTests
{
    [Fact]
    public async Task Without_packs_the_server_starts_and_says_that_there_are_none()
    {
        var empty = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        await using var server = await ServerProcess.StartAsync(null, "serve", "--packs", empty);
        Assert.Empty((await server.GetAsync("/api/packs"))["items"]!.AsArray());
        Assert.Empty((await server.GetAsync("/api/types"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_broken_pack_stops_the_start_with_every_problem_at_its_place()
    {
        var packs = System.IO.Directory.CreateTempSubdirectory("jingwei-packs-").FullName;
        var pack = System.IO.Directory.CreateDirectory(Path.Combine(packs, "broken")).FullName;
        await File.WriteAllTextAsync(Path.Combine(pack, "pack.yaml"), "id: broken\nversion: one\ncolour: blue\n");
        var data = System.IO.Directory.CreateTempSubdirectory("jingwei-").FullName;

        var (exitCode, output) = await ExternalProgram.RunAsync("dotnet", [.. ServerProcess.ServeArguments(data), "--packs", packs]);

        Assert.Equal(1, exitCode);
        Assert.Contains("broken/pack.yaml:2:10:", output, StringComparison.Ordinal);
        Assert.Contains("broken/pack.yaml:3:1:", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_do_not_share_a_data_folder()
    {
        await using var server = await ServerProcess.StartAsync();
        var (exitCode, output) = await ExternalProgram.RunAsync("dotnet", ServerProcess.ServeArguments(server.Data));
        Assert.Equal(1, exitCode);
        Assert.Contains("Another server runs on", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--http", "ftp://127.0.0.1:1")]
    [InlineData("--mqtt", "127.0.0.1")]
    public async Task A_bad_address_is_explained(string option, string value)
    {
        var (exitCode, output) = await ExternalProgram.RunAsync("dotnet", ServerProcess.Program, "serve", option, value);
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"{option} takes", output, StringComparison.Ordinal);
        Assert.Contains(value, output, StringComparison.Ordinal);
    }
}
