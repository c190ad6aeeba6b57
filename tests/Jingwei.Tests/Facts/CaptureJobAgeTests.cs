using System.Text;
using Jingwei.Identifiers.Epcis;
using Jingwei.Server;
using Jingwei.Server.Facts;
using Jingwei.Server.Facts.Capture;
using Jingwei.Server.Facts.MasterData;
using Jingwei.Server.Facts.Store;
using Jingwei.Server.Identifiers.Registry;

namespace Jingwei.Tests.Facts;

/// <summary>Jobs of captures are kept for a time.</summary>
public sealed class CaptureJobAgeTests : IDisposable
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-jobs-").FullName;
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly Database database;
    private readonly FactStore facts;

    public CaptureJobAgeTests()
    {
        var options = new ServerOptions(folder, new(0, 0), new(0, 0), null, null) { Facts = new() { CacheBytes = 1 << 20 } };
        database = new(options.DatabaseFile);
        facts = new(FactStore.Open(options), time);
    }

    public void Dispose()
    {
        facts.Dispose();
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
    }

    [Fact]
    public void A_job_goes_when_it_is_old_without_a_start()
    {
        var first = Capture(1);
        time.Advance(FactLimits.JobAge - TimeSpan.FromHours(1));
        var second = Capture(2);
        Assert.Equal([second, first], Jobs());
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal([Capture(3), second], Jobs());
    }

    private string Capture(int number)
    {
        using var document = EpcisReader.ReadJson(Encoding.UTF8.GetBytes(FactWorld.Document(FactWorld.Observed($"urn:x:job:{number}"))));
        return new Capturing(facts, new NameBook(database), new MasterDataBook(database), time).Capture(document, "root", "engineer", true).CaptureID;
    }

    private List<string> Jobs()
    {
        var ids = new List<string>();
        facts.WalkJobs(null, (id, _, _) =>
        {
            ids.Add(id);
            return true;
        });
        return ids;
    }
}
