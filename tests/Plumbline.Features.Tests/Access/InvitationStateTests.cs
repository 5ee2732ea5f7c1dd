using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access;
using Plumbline.Features.Access.State;

namespace Plumbline.Features.Tests.Access;

/// <summary>An invitation lets in whoever has its address, as long as its maker may give its role.</summary>
public sealed class InvitationStateTests
{
    private const string Address = "new@example.com";
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly AccessOptions Options = new();
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Join_UsesTheInvitationUp()
    {
        var joined = Join(Invited(), "n");
        Assert.Equal((Role.Sme, MembershipSource.Invitation), (joined.Find("n")!.Role, joined.Find("n")!.Source));
        Assert.Equal(FailureCode.NotFound, Refused(() => Join(joined, "m")));
        Assert.Same(joined, Join(joined, "n"));
    }

    [Fact]
    public void Join_WithAnotherTokenOrTooLate_IsRefused()
    {
        Assert.Equal(FailureCode.NotFound, Refused(() => Invited().Join("i", new string('b', 64), new Joiner("n", Address), Now, Options)));
        Assert.Equal(FailureCode.NotFound, Refused(() => Invited().Join("i", Hash, new Joiner("n", Address), Now + Options.InvitationLifetime, Options)));
    }

    [Fact]
    public void Join_ByAMember_ChangesNothing()
    {
        var invited = Invited();
        Assert.Same(invited, Join(invited, "o", "owner@example.com"));
        Assert.Null(invited.FindAccepted("i", Hash, Now));
    }

    [Theory]
    [InlineData("mallory@example.com", false)]
    [InlineData("new@example.com.evil.test", false)]
    [InlineData("", false)]
    [InlineData("new@example.com", true)]
    [InlineData(" NEW@Example.com", true)]
    public void Join_NeedsTheInvitationsAddress(string address, bool isIn)
    {
        if (isIn) Assert.NotNull(Join(Invited(), "n", address).Find("n"));
        else Assert.Equal(FailureCode.Forbidden, Refused(() => Join(Invited(), "n", address)));
    }

    /// <summary>Of an admin who is removed or lowered, of an owner who becomes an admin: neither removal nor the next use forgets to ask.</summary>
    [Theory]
    [InlineData(Role.Admin, Role.Sme, null, false)]
    [InlineData(Role.Admin, Role.Sme, Role.Developer, false)]
    [InlineData(Role.Owner, Role.Owner, Role.Admin, false)]
    [InlineData(Role.Owner, Role.Sme, Role.Admin, true)]
    [InlineData(Role.Admin, Role.Sme, Role.Owner, true)]
    public void Join_AfterTheMakersRightsHaveChanged(Role before, Role given, Role? after, bool isOpen)
    {
        var invited = With(("o", Role.Owner), ("a", before)).Invite("a", Invitation("i", given), Now, Options);
        var changed = after is { } role ? invited.SetRole("o", "a", role) : invited.Remove("o", "a");
        Assert.Equal(isOpen, changed.Open(Now).Any());
        if (isOpen) Assert.NotNull(Join(changed, "n").Find("n"));
        else Assert.Equal(FailureCode.NotFound, Refused(() => Join(changed, "n")));

        // What is taken back stays so when its maker comes back.
        var without = changed.WithLess("a", new UnsettledKeys("a", null, "o", null), Now, Options);
        Assert.Equal(isOpen, !without.Invitations.IsEmpty);
    }

    [Fact]
    public void Ask_LetsNobodyIn_UntilSomebodyConfirms()
    {
        var asked = Ask(Invited(), "m");
        Assert.Null(asked.Find("m"));
        Assert.Equal("m", Assert.Single(asked.Waiting(Now)).Request.UserId);
        Assert.Same(asked, Ask(asked, "m"));
        var (confirmed, who) = asked.ConfirmJoin("o", "r", Now, Options);
        Assert.Equal(("m", Role.Sme), (who, confirmed.Find("m")!.Role));
        Assert.Empty(confirmed.Open(Now));
        Assert.Equal((confirmed, "m"), confirmed.ConfirmJoin("o", "r", Now, Options));
    }

    [Fact]
    public void Ask_WhenDeclined_CannotBeRepeated_AndTheAddressCanStillJoin()
    {
        var declined = Ask(Invited(), "m").DeclineJoin("o", "r", Now);
        Assert.Equal(FailureCode.Forbidden, Refused(() => Ask(declined, "m")));
        Assert.Equal(FailureCode.NotFound, Refused(() => declined.ConfirmJoin("o", "r", Now, Options)));
        Assert.NotNull(Join(declined, "n").Find("n"));
    }

    [Fact]
    public void Ask_ByMembersAndByTheAddressItself_IsAConflict()
    {
        Assert.Equal(FailureCode.Conflict, Refused(() => Ask(Invited(), "o")));
        Assert.Equal(FailureCode.Conflict, Refused(() => Ask(Invited(), "n", Address)));
    }

    [Fact]
    public void Ask_ByVeryMany_IsAConflict()
    {
        var full = Enumerable.Range(0, 20).Aggregate(Invited(), (state, n) => Ask(state, $"m{n}"));
        Assert.Equal(FailureCode.Conflict, Refused(() => Ask(full, "m20")));
    }

    [Fact]
    public void Confirm_ByOthersThanThoseWhoMayGiveTheRole_IsForbidden()
    {
        var asked = Ask(With(("o", Role.Owner), ("a", Role.Admin), ("d", Role.Developer)).Invite("o", Invitation("i", Role.Owner), Now, Options), "m");
        foreach (var actor in new[] { "a", "d" })
        {
            Assert.Equal(FailureCode.Forbidden, Refused(() => asked.ConfirmJoin(actor, "r", Now, Options)));
            Assert.Equal(FailureCode.Forbidden, Refused(() => asked.DeclineJoin(actor, "r", Now)));
            Assert.Equal(FailureCode.Forbidden, Refused(() => asked.RevokeInvitation(actor, "i", Now, Options)));
        }
        Assert.Equal(FailureCode.NotFound, Refused(() => asked.ConfirmJoin("m", "r", Now, Options)));
    }

    [Fact]
    public void Confirm_AfterTheInvitationIsGone_IsNotFound()
    {
        var asked = Ask(With(("o", Role.Owner), ("a", Role.Admin)).Invite("a", Invitation("i", Role.Sme), Now, Options), "m");
        Assert.Equal(FailureCode.NotFound, Refused(() => asked.Remove("o", "a").ConfirmJoin("o", "r", Now, Options)));
        Assert.Equal(FailureCode.NotFound, Refused(() => asked.RevokeInvitation("o", "i", Now, Options).ConfirmJoin("o", "r", Now, Options)));
        Assert.Equal(FailureCode.NotFound, Refused(() => asked.ConfirmJoin("o", "r", Now + Options.InvitationLifetime, Options)));
    }

    [Fact]
    public void Revoke_EndsTheLink()
    {
        var revoked = Invited().RevokeInvitation("o", "i", Now, Options);
        Assert.Empty(revoked.Open(Now));
        Assert.Equal(FailureCode.NotFound, Refused(() => Join(revoked, "n")));
        Assert.Equal(FailureCode.NotFound, Refused(() => revoked.RevokeInvitation("o", "i", Now, Options)));
    }

    private static OrganizationState Invited() => With(("o", Role.Owner)).Invite("o", Invitation("i", Role.Sme), Now, Options);

    private static OrganizationState Join(OrganizationState state, string userId, string address = Address) =>
        state.Join("i", Hash, new Joiner(userId, address), Now, Options);

    private static OrganizationState Ask(OrganizationState state, string userId, string? address = null) =>
        state.AskToJoin("i", Hash, new Joiner(userId, address ?? $"{userId}@example.com"), "r", Now);

    private static NewInvitation Invitation(string id, Role role) => new(id, Address, role, Hash);

    private static FailureCode Refused(Action action) => Assert.Throws<RequestFailedException>(action).Code;

    private static OrganizationState With(params (string Id, Role Role)[] members) => new()
    {
        Slug = "acme",
        Name = "Acme",
        Members = [.. members.Select(m => new Member(m.Id, m.Role, Now, MembershipSource.Invitation))],
    };
}
