using Microsoft.Extensions.DependencyInjection;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Comments;
using Plumbline.Features.Comments;
using Plumbline.Features.Comments.Api;
using Plumbline.Features.Kernel.Loaders;
using Plumbline.Features.Tests.Traces;

namespace Plumbline.Features.Tests.Comments;

/// <summary>Comments through their resolvers, with real grains, permissions and blinding.</summary>
public sealed class CommentTests(ProductFixture shared) : IClassFixture<ProductFixture>, IAsyncLifetime
{
    private TracesHost _host = null!;
    private Caller _ann = null!;
    private Caller _bob = null!;

    private CommentMutations Mutations => ActivatorUtilities.CreateInstance<CommentMutations>(_host.Product.Services);

    private ICommentedTracesGrain Commented => _host.Product.Grains.GetGrain<ICommentedTracesGrain>(_host.Tenant.Key.ToString());

    public async ValueTask InitializeAsync()
    {
        _host = await TracesHost.OnAsync(shared);
        _ann = _host.Tenant.Owner;
        _bob = await _host.Product.AddMemberAsync(_host.Tenant, Role.Developer);
        await _host.SendAsync(1, 2);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Add_ThenAnswer_IsOneThread_OldestFirst()
    {
        var first = await AddAsync(_ann, "  It made the price up.  ");
        _host.Product.Clock.Advance(TimeSpan.FromMinutes(1));
        var answer = await AddAsync(_bob, "True.", parent: first);
        _host.Product.Clock.Advance(TimeSpan.FromMinutes(1));
        await AddAsync(_ann, "So we say so.", parent: answer);
        await AddAsync(_bob, "Another thing.");

        var threads = await ReadAsync(_bob, 1);
        Assert.Equal(["It made the price up.", "Another thing."], threads.Select(t => t.Body));
        Assert.Equal(["True.", "So we say so."], threads[0].Replies.Select(r => r.Body));
        Assert.Equal(_ann.UserId, threads[0].AuthorId);
        Assert.Empty(await ReadAsync(_bob, 2));
        Assert.Equal([TracesHost.Id(1)], await Commented.ListAsync());
    }

    [Fact]
    public async Task Add_AboutASpan_KeepsIt_AndAnswersInherit()
    {
        var span = NodeId.Format(NodeKinds.Span, _host.Tenant.Key, $"{TracesHost.Id(1)}/{TracesHost.Id(1)[..16]}");
        var comment = (await Mutations.AddComment(new(_host.Tenant.Project.Id, _host.NodeOf(1), span, null, "Here."), _ann, default)).Comment;
        var answer = await AddAsync(_bob, "I see.", parent: comment);
        Assert.Equal((span, span), (comment.SpanId, answer.SpanId));
        await RefusedAsync(
            FailureCode.BadUserInput,
            () => Mutations.AddComment(new(_host.Tenant.Project.Id, _host.NodeOf(2), span, null, "Here."), _ann, default));
    }

    [Fact]
    public async Task Resolve_TwiceIsOnce_AndAnAnswerOpensItAgain()
    {
        var comment = await AddAsync(_ann, "Wrong.");
        var resolved = (await Mutations.ResolveComment(new(comment.Id), _bob, default)).Comment;
        _host.Product.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(resolved.ResolvedAt, (await Mutations.ResolveComment(new(comment.Id), _ann, default)).Comment.ResolvedAt);
        await AddAsync(_bob, "Not yet.", parent: comment);
        Assert.Null((await ReadAsync(_ann, 1))[0].ResolvedAt);
    }

    [Fact]
    public async Task Update_IsForItsAuthor()
    {
        var comment = await AddAsync(_ann, "Wrng.");
        _host.Product.Clock.Advance(TimeSpan.FromMinutes(1));
        await RefusedAsync(FailureCode.Forbidden, () => Mutations.UpdateComment(new(comment.Id, "Right."), _bob, default));
        var changed = (await Mutations.UpdateComment(new(comment.Id, "Wrong."), _ann, default)).Comment;
        Assert.Equal(("Wrong.", comment.CreatedAt, comment.CreatedAt.AddMinutes(1)), (changed.Body, changed.CreatedAt, changed.EditedAt));
    }

    [Fact]
    public async Task Delete_IsForItsAuthorUntilAnswered_AndForAdministrators()
    {
        var alone = await AddAsync(_bob, "Oops.");
        var answered = await AddAsync(_bob, "Wrong.");
        await AddAsync(_ann, "Why?", parent: answered);
        var other = await _host.Product.AddMemberAsync(_host.Tenant, Role.Developer);
        await RefusedAsync(FailureCode.Forbidden, () => Mutations.DeleteComment(new(alone.Id), other, default));
        Assert.Equal(alone.Id, (await Mutations.DeleteComment(new(alone.Id), _bob, default)).DeletedId);
        await RefusedAsync(FailureCode.Conflict, () => Mutations.DeleteComment(new(answered.Id), _bob, default));
        await Mutations.DeleteComment(new(answered.Id), _ann, default);
        Assert.Empty(await ReadAsync(_ann, 1));
        await RefusedAsync(FailureCode.NotFound, () => Mutations.UpdateComment(new(answered.Id, "Right."), _bob, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n ")]
    public async Task Add_Empty_IsRefused(string body) => await RefusedAsync(FailureCode.BadUserInput, () => AddAsync(_ann, body));

    [Fact]
    public async Task Add_BeyondTheLimits_IsRefused()
    {
        using var limits = _host.Product.Set<CommentsOptions>(o => (o.MaxBodyLength, o.MaxComments) = (5, 1));
        await RefusedAsync(FailureCode.BadUserInput, () => AddAsync(_ann, "123456"));
        await AddAsync(_ann, "12345");
        await RefusedAsync(FailureCode.BadUserInput, () => AddAsync(_ann, "1"));
    }

    [Fact]
    public async Task Add_ToATraceThatIsNotThere_OrUnderACommentOfAnother_IsNotFound()
    {
        var comment = await AddAsync(_ann, "Wrong.");
        await RefusedAsync(FailureCode.NotFound, () => Mutations.AddComment(new(_host.Tenant.Project.Id, _host.NodeOf(9), null, null, "x"), _ann, default));
        await RefusedAsync(
            FailureCode.NotFound,
            () => Mutations.AddComment(new(_host.Tenant.Project.Id, _host.NodeOf(2), null, comment.Id, "x"), _ann, default));
        Assert.Equal([TracesHost.Id(1)], await Commented.ListAsync());
    }

    [Fact]
    public async Task Key_ThatMayReadReviews_ReadsButDoesNotWrite()
    {
        await AddAsync(_ann, "Wrong.");
        var key = new Caller { ApiKeyId = "key", Project = _host.Tenant.Key, Scopes = [ApiKeyScope.Read, ApiKeyScope.ReadReviews] };
        await RefusedAsync(FailureCode.Forbidden, () => ReadAsync(key with { Scopes = [ApiKeyScope.Read] }, 1));
        Assert.Single(await ReadAsync(key, 1));
        await RefusedAsync(FailureCode.Forbidden, () => AddAsync(key, "x"));
    }

    [Fact]
    public async Task WhoeverMayStillJudge_NeitherReadsNorWrites()
    {
        var comment = await AddAsync(_ann, "Wrong.");
        await _host.BlindAsync(_bob.UserId!, 1);
        await RefusedAsync(FailureCode.Blinded, () => ReadAsync(_bob, 1));
        await RefusedAsync(FailureCode.Blinded, () => AddAsync(_bob, "x"));
        await RefusedAsync(FailureCode.Blinded, () => Mutations.ResolveComment(new(comment.Id), _bob, default));
        await RefusedAsync(
            FailureCode.Blinded,
            () =>
                ActivatorUtilities.CreateInstance<CommentNode>(_host.Product.Services).ResolveAsync(
                    $"{_host.Tenant.Key}/{TracesHost.Id(1)}/{comment.CommentId}", _bob, default).AsTask());
        Assert.Single(await ReadAsync(_ann, 1));
    }

    [Fact]
    public async Task Erase_LeavesNothingBehind()
    {
        await AddAsync(_ann, "unforgettable words");
        var grain = _host.Product.Grains.GetGrain<ITraceCommentsGrain>(_host.Tenant.Key.Child(TracesHost.Id(1)));
        await grain.EraseAsync();
        Assert.Empty(await ReadAsync(_ann, 1));
        Assert.Empty(await Commented.ListAsync());
        Assert.Equal("1", (await AddAsync(_ann, "1")).Body);
    }

    private async Task<CommentView> AddAsync(Caller caller, string body, int trace = 1, CommentView? parent = null) =>
        (await Mutations.AddComment(new(_host.Tenant.Project.Id, _host.NodeOf(trace), null, parent?.Id, body), caller, default)).Comment;

    private async Task<IReadOnlyList<CommentView>> ReadAsync(Caller caller, int number)
    {
        var trace = (await _host.Reader.FindTraceAsync(_host.Tenant.Key, TracesHost.Id(number), default))!.Trace;
        var services = _host.Product.Services;
        return await new TraceCommentResolvers().Comments(trace, Loaders.Of<CommentLoader>(services, caller), Loaders.Of<SeenLoader>(services, caller));
    }

    private static async Task RefusedAsync(FailureCode code, Func<Task> action) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RequestFailedException>(action)).Code);
}
