using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Kernel.Requests;

namespace Plumbline.Features.Tests;

public sealed class RequestKeyTests
{
    private static readonly Caller Ann = new() { UserId = "ann" };

    [Fact]
    public void Key_OfTheSameRequest_IsTheSame_AndFormedLikeAnId()
    {
        Assert.Equal(Key(Ann, "p", "make", "1", new { Name = "a" }), Key(Ann, "p", "make", "1", new { Name = "a" }));
        Assert.True(RandomId.IsWellFormed(Key(Ann, "p", "make", "1", 1).Id));
        Assert.Null(RequestKey.Of(Ann, "p", "make", null, 1));
    }

    [Fact]
    public void Id_DependsOnCallerPlaceMutationAndName_Alone()
    {
        var key = new Caller { ApiKeyId = "ann", Project = new ProjectKey("o", "p") };
        RequestKey[] all = [
            Key(Ann, "p", "make", "1", 1), Key(Ann with { UserId = "bob" }, "p", "make", "1", 1), Key(key, "p", "make", "1", 1),
            Key(Ann, "q", "make", "1", 1), Key(Ann, "p", "other", "1", 1), Key(Ann, "p", "make", "2", 1)
        ];
        Assert.Equal(all.Length, all.Select(k => k.Id).Distinct().Count());
        Assert.Equal(all[0].Id, Key(Ann, "p", "make", "1", 2).Id);
        Assert.NotEqual(all[0].Content, Key(Ann, "p", "make", "1", 2).Content);
    }

    [Fact]
    public void RequireSame_OfAnotherRequest_IsAConflict()
    {
        var key = Key(Ann, "p", "make", "1", 1);
        key.RequireSame(key.Content);
        foreach (var other in new[] { null, Key(Ann, "p", "make", "1", 2).Content })
            Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => key.RequireSame(other)).Code);
    }

    [Fact]
    public void Answers_AreKeptForADay_TheNewestOfMany()
    {
        var now = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        var known = new List<AnsweredRequest>();
        RequestKey[] keys = [.. Enumerable.Range(0, 10_002).Select(n => Key(Ann, "p", "make", $"{n}", n))];
        AnsweredRequest.Keep(known, AnsweredRequest.To(keys[0], now));
        AnsweredRequest.Keep(known, AnsweredRequest.To(keys[1], now + AnsweredRequest.Kept));
        Assert.NotNull(AnsweredRequest.Find(known, keys[0]));
        AnsweredRequest.Keep(known, AnsweredRequest.To(keys[2], now + AnsweredRequest.Kept + TimeSpan.FromTicks(1)));
        Assert.Null(AnsweredRequest.Find(known, keys[0]));
        Assert.NotNull(AnsweredRequest.Find(known, keys[1]));
        foreach (var key in keys[3..]) AnsweredRequest.Keep(known, AnsweredRequest.To(key, now + AnsweredRequest.Kept));
        Assert.Equal(10_000, known.Count);
        Assert.Null(AnsweredRequest.Find(known, keys[1]));
        Assert.NotNull(AnsweredRequest.Find(known, keys[^1]));
    }

    private static RequestKey Key<T>(Caller caller, string place, string mutation, string name, T input) =>
        RequestKey.Of(caller, place, mutation, name, input)!;
}
