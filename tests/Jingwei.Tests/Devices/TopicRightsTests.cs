using Jingwei.Server;
using Jingwei.Server.Access;
using Jingwei.Server.Devices;
using Jingwei.Server.Directory;

namespace Jingwei.Tests.Devices;

public sealed class TopicRightsTests : IAsyncLifetime
{
    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("jingwei-topics-").FullName;
    private Database database = null!;
    private TopicRights rights = null!;

    public async ValueTask InitializeAsync()
    {
        database = new Database(Path.Combine(folder, "jingwei.db"));
        var parties = new Parties(database);
        parties.Add(new Party("plant", "plant", "root", "UTC"));
        parties.Add(new Party("plan", "plan", "root", "UTC"));
        var things = new Things(database, parties, new Regions(database), TimeProvider.System);
        await AddAsync("m-1", "plant", "gate");
        await AddAsync("gate", "plant", null);
        await AddAsync("other", "plan", null);
        await AddAsync("Mill:E1", "plant", "gate");
        rights = new TopicRights(things);

        async Task AddAsync(string id, string party, string? gateway) => Assert.Equal(
            ThingOutcome.Done,
            await things.AddAsync(new Thing(id, "machine", id, party, "root", null, gateway, DateTimeOffset.UnixEpoch, 1), TestContext.Current.CancellationToken));
    }

    public ValueTask DisposeAsync()
    {
        database.Dispose();
        System.IO.Directory.Delete(folder, true);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("m-1", "jw/m-1/replies/1", true)]
    [InlineData("gate", "jw/m-1/replies/1", true)]
    [InlineData("other", "jw/m-1/replies/1", false)]
    [InlineData("m-1", "jw/gate/replies/1", false)]
    [InlineData("m-1", "jw/m-1/replies", false)]
    [InlineData("m-1", "jw/m-1/commands/1", false)]
    [InlineData("m-1", "jw/m-1/readings/x", false)]
    [InlineData("m-1", "jw/m-1/", false)]
    [InlineData("m-1", "jw/m-1", false)]
    [InlineData("m-1", "anything", false)]
    [InlineData("m-1", "$SYS/x", false)]
    [InlineData("@operator", "jw/m-1/replies/1", true)]
    [InlineData("@operator", "jw/other/replies/1", false)]
    [InlineData("@viewer", "jw/m-1/replies/1", false)]
    [InlineData("@operator", "jw/m-1/commands/1", false)]
    [InlineData("@operator", "anything", false)]
    [InlineData("@everything", "anything", true)]
    [InlineData("@everything", "$SYS/x", false)]
    [InlineData("@everything", "jw/m-1/commands/1", false)]
    // Judged and kept with its reason where readings are accounted for.
    [InlineData("other", "jw/m-1/readings", true)]
    [InlineData("other", "spBv1.0/Mill/NDATA/E1", true)]
    [InlineData("other", "spBv1.0/Mill/DBIRTH/E1/D1", true)]
    [InlineData("m-1", "v1/devices/me/telemetry", true)]
    [InlineData("m-1", "v1/devices/me/rpc/response/1", true)]
    [InlineData("m-1", "v1/gateway/connect", true)]
    [InlineData("m-1", "v1/devices/me/rpc/response/", false)]
    [InlineData("m-1", "v1/devices/me/claim", false)]
    [InlineData("m-1", "v1/devices/m-1/telemetry", false)]
    [InlineData("@everything", "v1/devices/me/telemetry", false)]
    [InlineData("Mill:E1", "spBv1.0/Mill/NCMD/E1", false)]
    [InlineData("@operator", "spBv1.0/Mill/NCMD/E1", true)]
    [InlineData("@viewer", "spBv1.0/Mill/NCMD/E1", false)]
    [InlineData("@operator", "spBv1.0/Mill/NCMD/E2", false)]
    [InlineData("@operator", "spBv1.0/STATE/other", false)]
    [InlineData("@everything", "spBv1.0/STATE/other", true)]
    [InlineData("Mill:E1", "spBv1.0/STATE/jingwei", false)]
    [InlineData("Mill:E1", "spBv1.0/Mill/NDATA", false)]
    public void Publishing_is_open_to_whom_the_topic_belongs(string who, string topic, bool may) =>
        Assert.Equal(may, rights.MayPublish(Who(who), topic));

    [Theory]
    [InlineData("m-1", "jw/m-1/commands/+", true)]
    [InlineData("m-1", "jw/m-1/#", true)]
    [InlineData("gate", "jw/m-1/commands/#", true)]
    [InlineData("m-1", "jw/gate/commands/+", false)]
    [InlineData("m-1", "jw/+/commands/+", false)]
    [InlineData("m-1", "jw/#", false)]
    [InlineData("m-1", "jw/", false)]
    [InlineData("m-1", "#", false)]
    [InlineData("m-1", "+/m-1/#", false)]
    [InlineData("m-1", "$SYS/#", false)]
    [InlineData("m-1", "$own/thing/m-1/#", false)]
    [InlineData("m-1", "v1/devices/me/rpc/request/+", true)]
    [InlineData("m-1", "v1/gateway/rpc", true)]
    [InlineData("@everything", "v1/devices/me/rpc/request/+", false)]
    [InlineData("Mill:E1", "spBv1.0/Mill/NCMD/E1/#", true)]
    [InlineData("gate", "spBv1.0/Mill/DCMD/E1/#", true)]
    [InlineData("m-1", "spBv1.0/Mill/NCMD/E1/#", false)]
    [InlineData("Mill:E1", "spBv1.0/Mill/NCMD/+", false)]
    [InlineData("Mill:E1", "spBv1.0/#", false)]
    [InlineData("Mill:E1", "spBv1.0/STATE/+", true)]
    [InlineData("@viewer", "spBv1.0/Mill/NDATA/E1", true)]
    [InlineData("@viewer", "spBv1.0/+/NDATA/+", false)]
    [InlineData("@everything", "spBv1.0/#", true)]
    [InlineData("m-1", "jw/nowhere/#", false)]
    [InlineData("@viewer", "jw/m-1/readings", true)]
    [InlineData("@viewer", "jw/other/readings", false)]
    [InlineData("@viewer", "jw/+/readings", false)]
    [InlineData("@viewer", "jw/#", false)]
    [InlineData("@viewer", "#", false)]
    [InlineData("@everything", "jw/+/readings", true)]
    [InlineData("@everything", "#", true)]
    [InlineData("@everything", "$SYS/#", false)]
    public void Subscribing_is_open_to_who_may_see_all_that_the_filter_fits(string who, string filter, bool may) =>
        Assert.Equal(may, rights.MaySubscribe(Who(who), filter));

    private static Caller Who(string who) => who switch
    {
        "@viewer" => Token(Role.Viewer, "plant"),
        "@operator" => Token(Role.Operator, "plant"),
        "@everything" => Token(Role.Operator, "root"),
        _ => Authenticator.OfThing(who, who),
    };

    private static Caller Token(Role role, string party) => new(CallerKind.Token, "t", "t", [new(0, role, party, "root")]);
}
