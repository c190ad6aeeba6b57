using System.Text.Json;
using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Cases;
using Jingwei.Server.Directory.Calendars;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Load.Cases;

/// <summary>The slice of cases by itself, in this process, over a store of its own on the disk.</summary>
public sealed class CaseFloor : IDisposable
{
    // Enough at once that transactions are full.
    private const int OpenedTogether = 64;

    private static readonly Dictionary<string, JsonElement> NoFields = [];

    private readonly string folder = Directory.CreateTempSubdirectory("jingwei-load-").FullName;

    public CaseFloor()
    {
        var loaded = PackLoader.Load(Layout.Packs);
        var packs = loaded.Packs ?? throw new InvalidOperationException(string.Join('\n', loaded.Problems));
        Database = new(Path.Combine(folder, "jingwei.db"));
        var (parties, regions) = (new Parties(Database), new Regions(Database));
        var owners = new CalendarOwners(new Server.Directory.Things(Database, parties, regions, TimeProvider.System), parties);
        Cases = new(Database, new PackCatalog(packs), parties, regions, new OwnCalendars(Database, owners), TimeProvider.System);
    }

    public Database Database { get; }

    public CaseStore Cases { get; }

    /// <summary>One of those who work on cases at once.</summary>
    public static Caller Worker(int number) =>
        new(CallerKind.User, $"worker-{number}", "", [new Grant(1, Role.Engineer, Parties.Root, Regions.Root)]);

    public static CaseSignal Take(string transition) => new TakeTransition(transition, NoFields, null, null);

    /// <summary>Opens cases and returns their ids.</summary>
    public async Task<string[]> OpenAsync(int count, string type = "order")
    {
        var ids = new string[count];
        await Task.WhenAll(Enumerable.Range(0, OpenedTogether).Select(worker => Task.Run(async () =>
        {
            for (var index = worker; index < count; index += OpenedTogether)
            {
                var order = new OpenCase(type, new Label($"压测工单 {index}", $"Load order {index}"), Band.Yellow, null, Parties.Root, Regions.Root, NoFields);
                ids[index] = (await Cases.OpenAsync(Worker(worker), order)).Row!.Id;
            }
        })));
        return ids;
    }

    public void Dispose()
    {
        Cases.Dispose();
        Database.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
