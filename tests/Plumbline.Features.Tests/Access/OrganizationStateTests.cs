using FsCheck;
using FsCheck.Fluent;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Tests.Access;

public sealed class OrganizationStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly AccessOptions Options = new();

    [Fact]
    public void Remove_LastOwner_IsRefused()
    {
        var failure = Assert.Throws<RequestFailedException>(() => With(("o", Role.Owner), ("a", Role.Admin)).Remove("o", "o"));
        Assert.Equal(FailureCode.Conflict, failure.Code);
    }

    [Fact]
    public void SetRole_DemotingLastOwner_IsRefused()
    {
        var failure = Assert.Throws<RequestFailedException>(() => With(("o", Role.Owner), ("a", Role.Admin)).SetRole("o", "o", Role.Viewer));
        Assert.Equal(FailureCode.Conflict, failure.Code);
    }

    [Fact]
    public void Remove_OneOfTwoOwners_Works()
    {
        var left = With(("o", Role.Owner), ("p", Role.Owner)).Remove("p", "o");
        Assert.Equal(["p"], left.Members.Select(m => m.UserId));
    }

    [Theory]
    [InlineData(Role.Developer)]
    [InlineData(Role.Sme)]
    [InlineData(Role.Reviewer)]
    [InlineData(Role.Viewer)]
    public void ManagingMembers_ByOthersThanOwnersAndAdmins_IsForbidden(Role role)
    {
        var state = With(("o", Role.Owner), ("x", role), ("y", Role.Viewer));
        Assert.Equal(FailureCode.Forbidden, Refused(() => state.Remove("x", "y")));
        Assert.Equal(FailureCode.Forbidden, Refused(() => state.SetRole("x", "y", Role.Sme)));
        Assert.Equal(FailureCode.Forbidden, Refused(() => state.Invite("x", Invitation("i", Role.Viewer), Now, Options)));
    }

    [Theory]
    [InlineData(Role.Developer)]
    [InlineData(Role.Viewer)]
    public void Remove_Oneself_NeedsNoPermission(Role role) =>
        Assert.Null(With(("o", Role.Owner), ("x", role)).Remove("x", "x").Find("x"));

    [Fact]
    public void Admin_CanNeitherMakeNorUnmakeOwners()
    {
        var state = With(("o", Role.Owner), ("p", Role.Owner), ("a", Role.Admin), ("v", Role.Viewer));
        Assert.Equal(FailureCode.Forbidden, Refused(() => state.SetRole("a", "v", Role.Owner)));
        Assert.Equal(FailureCode.Forbidden, Refused(() => state.SetRole("a", "p", Role.Viewer)));
        Assert.Equal(FailureCode.Forbidden, Refused(() => state.Remove("a", "p")));
        Assert.Equal(FailureCode.Forbidden, Refused(() => state.Invite("a", Invitation("i", Role.Owner), Now, Options)));
    }

    [Fact]
    public void Strangers_LearnNothing() =>
        Assert.Equal(FailureCode.NotFound, Refused(() => With(("o", Role.Owner)).Remove("stranger", "o")));

    [Fact]
    public void Invite_SameAddressAgain_ReplacesTheOldLink()
    {
        var state = With(("o", Role.Owner)).Invite("o", Invitation("i", Role.Sme), Now, Options).Invite("o", Invitation("j", Role.Viewer), Now, Options);
        Assert.Equal(["j"], state.Invitations.Select(i => i.Id));
    }

    [Fact]
    public void SetProjectRole_RaisesAndLowers_UntilItIsCleared()
    {
        var state = With(("o", Role.Owner), ("x", Role.Sme)).SetProjectRole("o", "x", "p", Role.Developer).SetProjectRole("o", "x", "q", Role.Viewer);
        var view = state.Find("x")!.View("org");
        Assert.Equal((Role.Developer, Role.Viewer, Role.Sme), (view.RoleIn("p"), view.RoleIn("q"), view.RoleIn("r")));
        Assert.Empty(state.ClearProjectRole("o", "x", "p").ClearProjectRole("o", "x", "q").Find("x")!.ProjectRoles);
        Assert.Same(state, state.ClearProjectRole("o", "x", "r"));
    }

    /// <summary>Whoever was restricted in one project is not let loose there by a change of their role elsewhere and back.</summary>
    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Owner)]
    [InlineData(Role.Admin)]
    public void SetRole_ThereAndBack_KeepsTheRoleInAProject(Role between)
    {
        var restricted = With(("o", Role.Owner), ("x", Role.Developer)).SetProjectRole("o", "x", "p", Role.Viewer);
        var changed = restricted.SetRole("o", "x", between);
        Assert.Equal(between == Role.Owner ? Role.Owner : Role.Viewer, changed.Find("x")!.View("org").RoleIn("p"));
        Assert.Equal(Role.Viewer, changed.SetRole("o", "x", Role.Developer).Find("x")!.View("org").RoleIn("p"));
    }

    [Fact]
    public void SetProjectRole_OfTheSameRoleAsInTheOrganization_HoldsWhenThatIsRaised()
    {
        var pinned = With(("o", Role.Owner), ("x", Role.Viewer)).SetProjectRole("o", "x", "p", Role.Viewer).SetRole("o", "x", Role.Admin);
        Assert.Equal((Role.Viewer, Role.Admin), (pinned.Find("x")!.View("org").RoleIn("p"), pinned.Find("x")!.View("org").RoleIn("q")));
    }

    [Theory]
    [InlineData(Role.Developer, Role.Admin, true)]
    [InlineData(Role.Admin, Role.Developer, false)]
    [InlineData(Role.Owner, Role.Admin, false)]
    [InlineData(Role.Developer, Role.Sme, false)]
    [InlineData(Role.Reviewer, Role.Viewer, false)]
    public void Covers_AsksForEveryPermission(Role before, Role after, bool covers) =>
        Assert.Equal(covers, new Member("x", after, Now, default).Covers(new Member("x", before, Now, default)));

    [Fact]
    public void Covers_AsksInEveryProject()
    {
        var plain = new Member("x", Role.Sme, Now, default);
        Assert.False(plain.WithProjectRole("p", Role.Viewer).Covers(plain));
        Assert.False(plain.Covers(plain.WithProjectRole("p", Role.Developer)));
        Assert.True(plain.Covers(plain.WithProjectRole("p", Role.Viewer)));
    }

    [Fact]
    public void SetProjectRole_OfOrToOwner_IsRefused()
    {
        var state = With(("o", Role.Owner), ("x", Role.Sme));
        Assert.Equal(FailureCode.BadUserInput, Refused(() => state.SetProjectRole("o", "o", "p", Role.Viewer)));
        Assert.Equal(FailureCode.BadUserInput, Refused(() => state.SetProjectRole("o", "x", "p", Role.Owner)));
    }

    [Fact]
    public void AnySequence_KeepsAnOwner_AndEveryMemberOnce()
    {
        var step = from actor in Gen.Choose(0, 3) from target in Gen.Choose(0, 3) from role in Gen.Choose(0, 6) select (actor, target, role);
        Check.QuickThrowOnFailure(Prop.ForAll(Arb.From(Gen.ListOf(step)), steps =>
        {
            var state = With(("u0", Role.Owner), ("u1", Role.Owner), ("u2", Role.Admin), ("u3", Role.Viewer));
            foreach (var (actor, target, role) in steps) state = Try(state, $"u{actor}", $"u{target}", role);
            Assert.Contains(state.Members, m => m.Role == Role.Owner);
            Assert.Equal(state.Members.Length, state.Members.Select(m => m.UserId).Distinct().Count());
        }));
    }

    private static OrganizationState Try(OrganizationState state, string actor, string target, int role)
    {
        try
        {
            return role == 6 ? state.Remove(actor, target) : state.SetRole(actor, target, (Role)role);
        }
        catch (RequestFailedException)
        {
            return state;
        }
    }

    private static readonly string Hash = new('a', 64);

    private static NewInvitation Invitation(string id, Role role) => new(id, "new@example.com", role, Hash);

    private static FailureCode Refused(Action action) => Assert.Throws<RequestFailedException>(action).Code;

    private static OrganizationState With(params (string Id, Role Role)[] members) => new()
    {
        Slug = "acme",
        Name = "Acme",
        Members = [.. members.Select(m => new Member(m.Id, m.Role, Now, MembershipSource.Invitation))],
    };
}
