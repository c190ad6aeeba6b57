using Jingwei.Server.Access;

namespace Jingwei.Tests.Access;

public sealed class RightsTests
{
    [Theory]
    [InlineData("/root/a/", "a", true)]
    [InlineData("/root/a/b/", "a", true)]
    [InlineData("/root/a/b/", "root", true)]
    [InlineData("/root/ab/", "a", false)]
    [InlineData("/root/a/", "ab", false)]
    [InlineData("/root/ba/", "a", false)]
    [InlineData("/root/", "a", false)]
    [InlineData("/", "root", false)]
    public void A_path_covers_whole_steps_alone(string path, string ancestor, bool covers) =>
        Assert.Equal(covers, new TreePath(path).Covers(ancestor));

    [Theory]
    [InlineData("/root/plant/hall/", "/root/east/city/", true)]
    [InlineData("/root/plant/", "/root/east/", true)]
    [InlineData("/root/plant/", "/root/west/", false)]
    [InlineData("/root/other/", "/root/east/", false)]
    [InlineData("/root/", "/root/east/", false)]
    [InlineData("/root/plant/", "/root/", false)]
    public void A_grant_must_cover_party_and_region(string party, string region, bool gives) =>
        Assert.Equal(gives, new Grant(1, Role.Viewer, "plant", "east").Gives(Right.View, new(new(party), new(region))));

    [Fact]
    public void Two_grants_do_not_lend_each_other_a_party_or_a_region()
    {
        var caller = new Caller(CallerKind.User, "u", "u", [new(1, Role.Engineer, "a", "east"), new(2, Role.Engineer, "b", "west")]);
        Assert.True(caller.May(Right.Configure, new(new("/root/a/"), new("/root/east/"))));
        Assert.False(caller.May(Right.View, new(new("/root/a/"), new("/root/west/"))));
        Assert.False(caller.May(Right.View, new(new("/root/b/"), new("/root/east/"))));
    }

    [Theory]
    [InlineData(Role.Viewer, new[] { Right.View })]
    [InlineData(Role.Operator, new[] { Right.View, Right.Operate })]
    [InlineData(Role.Engineer, new[] { Right.View, Right.Operate, Right.Configure })]
    [InlineData(Role.Administrator, new[] { Right.View, Right.Operate, Right.Configure, Right.Administer })]
    public void A_role_holds_the_rights_of_those_before_it_and_one_more(Role role, Right[] rights)
    {
        var caller = new Caller(CallerKind.User, "u", "u", [new(1, role, "root", "root")]);
        Assert.Equal(rights, Enum.GetValues<Right>().Where(caller.MayAnywhere));
        Assert.Equal(rights, Enum.GetValues<Right>().Where(right => caller.May(right, new(TreePath.Root("root"), TreePath.Root("root")))));
    }

    [Theory]
    [InlineData("m-01")]
    [InlineData("a.b_c-d:e")]
    [InlineData("主轴-１")]
    [InlineData("𠮷田")]
    [InlineData("الة")]
    [InlineData("मशीन")]
    [InlineData("TOKEN")]
    public void An_id_takes_letters_and_digits_of_any_script(string id) => Assert.Null(Ids.Fault(id));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("token")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a#b")]
    [InlineData("$SYS")]
    [InlineData("a\n")]
    [InlineData("a\0")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("%2F")]
    [InlineData("a'b")]
    public void An_id_that_could_not_stand_in_a_path_or_a_topic_is_refused(string? id) => Assert.NotNull(Ids.Fault(id));

    [Fact]
    public void An_id_has_at_most_128_characters_of_any_plane()
    {
        Assert.Null(Ids.Fault(new string('物', 128)));
        Assert.Null(Ids.Fault(string.Concat(Enumerable.Repeat("𠮷", 128))));
        Assert.NotNull(Ids.Fault(new string('物', 129)));
        Assert.NotNull(Ids.Fault("\ud800"));
    }
}
