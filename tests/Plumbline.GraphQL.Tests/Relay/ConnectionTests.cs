using FsCheck;
using FsCheck.Fluent;
using Plumbline.GraphQL.Relay;

namespace Plumbline.GraphQL.Tests.Relay;

public sealed class ConnectionTests
{
    [Fact]
    public void Page_FollowedToTheEnd_GivesEveryItemOnce() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Choose(0, 60).ToArbitrary(), Gen.Choose(1, 20).ToArbitrary(), (count, size) =>
        {
            var all = Enumerable.Range(0, count).Select(i => $"item {i}").ToArray();
            List<string> seen = [];
            string? after = null;
            Connection<string> page;
            do
            {
                page = Connection.Page(all, size, after, item => item);
                seen.AddRange(page.Nodes);
                after = page.PageInfo.EndCursor;
            }
            while (page.PageInfo.HasNextPage);
            return seen.SequenceEqual(all) && page.TotalCount == count;
        }));

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public void Page_SizeOutOfRange_IsRefused(int first) =>
        Assert.Equal("BAD_USER_INPUT", Assert.Throws<GraphQLException>(() => Connection.Page(["a"], first, null, a => a)).Code);

    [Theory]
    [InlineData("?")]
    [InlineData("Z29uZQ")]
    public void Page_CursorOfNothing_IsRefused(string after) =>
        Assert.Equal("BAD_USER_INPUT", Assert.Throws<GraphQLException>(() => Connection.Page(["a"], 10, after, a => a)).Code);
}
