using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts;
using Plumbline.Contracts.Prompts;
using Plumbline.Features.Prompts.Content;
using Plumbline.Features.Prompts.State;

namespace Plumbline.Features.Tests.Prompts;

public sealed class PromptStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private static (PromptState Next, int Number, bool Created) Save(PromptState state, string template, int? expectedParent = null, int most = 100)
    {
        var version = PromptMother.Version(PromptMother.Content(template, []), expectedParent);
        return state.Save(version, PromptHash.Of(version.Content), Now, most);
    }

    [Fact]
    public void Save_AnySequence_NumbersWithoutGapsAndOneVersionPerContent() => Check.QuickThrowOnFailure(Prop.ForAll<byte[]>(contents =>
    {
        var state = new PromptState();
        var model = new List<byte>();
        foreach (var content in contents.Select(c => (byte)(c % 7)))
        {
            var (next, number, created) = Save(state, $"t{content}");
            if (created != !model.Contains(content)) return false;
            if (created) model.Add(content);
            if (number != model.IndexOf(content) + 1) return false;
            state = next;
        }
        return state.LatestNumber == model.Count && state.Versions.Select(v => v.ParentNumber ?? 0).SequenceEqual(Enumerable.Range(0, model.Count));
    }));

    [Fact]
    public void Save_AnotherVersionCameMeanwhile_IsAConflict()
    {
        var state = Save(Save(new(), "a").Next, "b").Next;
        var refused = Assert.Throws<RequestFailedException>(() => Save(state, "c", expectedParent: 1));
        Assert.Equal(FailureCode.Conflict, refused.Code);
        Assert.Contains("Version 2 was saved meanwhile", refused.Message);
        Assert.Equal(3, Save(state, "c", expectedParent: 2).Number);
    }

    [Fact]
    public void Save_KnownContentWithAnOldParent_IsThatVersion()
    {
        var state = Save(Save(new(), "a").Next, "b").Next;
        Assert.Equal((1, false), (Save(state, "a", expectedParent: 1).Number, Save(state, "a", expectedParent: 1).Created));
    }

    [Fact]
    public void Save_Archived_IsAConflictUntilRestored()
    {
        var state = Save(new(), "a").Next.SetArchived(true, Now);
        Assert.Equal(FailureCode.Conflict, Assert.Throws<RequestFailedException>(() => Save(state, "b")).Code);
        Assert.Equal(2, Save(state.SetArchived(false, Now), "b").Number);
    }

    [Fact]
    public void Save_TooManyVersions_IsRefused() =>
        Assert.Equal(FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(() => Save(Save(new(), "a").Next, "b", most: 1)).Code);

    [Fact]
    public void SetLabel_Moved_RemembersWhereItWas()
    {
        var state = Save(Save(new(), "a").Next, "b").Next;
        state = state.SetLabel("production", 1, "u", Now, 10);
        Assert.Null(Assert.Single(state.Labels).PreviousNumber);
        state = state.SetLabel("production", 2, "v", Now, 10);
        Assert.Equal(new PromptLabelView("production", 2, "v", Now, 1), Assert.Single(state.Labels));
        Assert.Same(state, state.SetLabel("production", 2, "w", Now, 10));
        Assert.Equal(FailureCode.NotFound, Assert.Throws<RequestFailedException>(() => state.SetLabel("production", 3, "u", Now, 10)).Code);
        Assert.Equal(FailureCode.BadUserInput, Assert.Throws<RequestFailedException>(() => state.SetLabel("other", 1, "u", Now, 1)).Code);
    }
}
