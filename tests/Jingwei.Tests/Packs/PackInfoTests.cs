using System.Text.Encodings.Web;
using System.Text.Json;
using Jingwei.Server.Hosting;
using Jingwei.Server.Packs;
using Jingwei.Server.Packs.Model;

namespace Jingwei.Tests.Packs;

/// <summary>What the API says of packs, in its own JSON.</summary>
public sealed class PackInfoTests : IDisposable
{
    private readonly TemporaryPacks packs = new();

    public void Dispose() => packs.Dispose();

    private Pack Mill => PackLoader.Load(packs.Root).Packs!.Packs[0];

    private static string Json(object value)
    {
        var options = new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        ServerApp.Speak(options);
        return JsonSerializer.Serialize(value, options);
    }

    [Fact]
    public void A_pack_is_listed_with_its_counts() => Assert.Equal(
        """
        {"id":"mill","version":"1.2.0","name":{"zh":"磨坊","en":"Mill"},"description":{"zh":"磨面","en":"Grinds flour"},"standards":["UCUM"],"counts":{"types":2,"rules":2,"indicators":1,"cases":1,"views":1,"channels":1},"maturity":[{"item":"rules","status":"done","reason":null,"checked":false,"lacks":[]},{"item":"demo","status":"todo","reason":"nobody wrote it","checked":false,"lacks":[]}],"enabledParties":["root"]}
        """,
        Json(PackItem.Of(Mill, ["root"])));

    [Fact]
    public void A_property_is_shown_with_type_and_range() => Assert.Equal(
        """
        {"id":"temperature","name":{"zh":"磨温","en":"Stone heat"},"type":"number","unit":"Cel","range":[-20,90],"values":[],"counter":false,"maxLength":null}
        """,
        Json(TypeInfo.Of(Mill.Types.Single(type => type.Id == "stone")).Properties.Single(property => property.Id == "temperature")));

    [Fact]
    public void A_view_is_shown_with_its_widgets_as_declared() => Assert.Equal(
        """
        {"id":"board","pack":"mill","kind":"overview","name":{"zh":"看板","en":"Board"},"type":null,"widgets":[{"widget":"machines","at":[0,0,8,4],"of":"engine","groupBy":"parent","state":"state","indicator":"use"},{"widget":"alarms","at":[8,0,4,4]}]}
        """,
        Json(ViewItem.Of(Mill.Views[0])));
}
