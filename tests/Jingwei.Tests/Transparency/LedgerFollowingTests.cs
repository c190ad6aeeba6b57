using System.Text.Json;
using Jingwei.Server;
using Jingwei.Server.Transparency;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jingwei.Tests.Transparency;

/// <summary>What cannot be read makes the ledger wait, and nothing else end.</summary>
public sealed class LedgerFollowingTests : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-following-").FullName;
    private readonly Database database;
    private readonly ServerOptions options;

    public LedgerFollowingTests()
    {
        options = new(folder, new(0, 0), new(0, 0), null, null);
        database = new(options.DatabaseFile);
    }

    public static TheoryData<Exception> Faults => [new IOException("full"), new JsonException("damaged"), new InvalidDataException("newer")];

    public void Dispose()
    {
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task It_goes_on_when_what_it_follows_can_be_read_again(Exception fault)
    {
        var isDamaged = true;
        var source = new LedgerSource(
            LedgerSourceKind.Facts,
            (after, visit) =>
            {
                if (isDamaged)
                {
                    isDamaged = false;
                    throw fault;
                }

                if (after == 0)
                {
                    visit(1, new byte[32]);
                }
            },
            () => { },
            _ => { });
        using var ledger = new ServerLedger(options, new(database), [source], TimeProvider.System);
        using var following = new LedgerFollowing(ledger, TimeProvider.System, NullLogger<LedgerFollowing>.Instance);
        await following.StartAsync(TestContext.Current.CancellationToken);
        while (ledger.Size == 0 && following.ExecuteTask is { IsCompleted: false })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, ledger.Size);
        Assert.False(isDamaged);
        await following.StopAsync(CancellationToken.None);
        Assert.True(following.ExecuteTask!.IsCompletedSuccessfully);
    }
}
