using System.Text.Json;
using Plumbline.Contracts.Access;
using Plumbline.Features.Access.State;
using Plumbline.Features.Datasets.State;
using Plumbline.Features.Playground.State;
using Plumbline.Features.Reviews.State;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Tests.Storage;

/// <summary>What was stored before requests could be named is read as it was.</summary>
public sealed class OldStateTests
{
    [Fact]
    public void Events_WithoutTheRequestThatMadeThem_AreRead()
    {
        var items =
            Assert.IsType<ItemsAdded>(Read<ReviewQueueEvent>(
                """{"$type":"added","Items":[{"ItemId":"abc","Span":{"TraceId":"t","SpanId":"s"}}],"By":"ann","At":"2026-01-05T09:00:00+00:00"}"""));
        Assert.Equal((1, null), (items.Items.Length, items.Answered));
        var frozen =
            Assert.IsType<DatasetFrozen>(Read<DatasetEvent>(
                """{"$type":"frozen","Number":1,"ItemCount":2,"ContentHash":"x","By":"ann","At":"2026-01-05T09:00:00+00:00"}"""));
        Assert.Equal((1, null), (frozen.Number, frozen.Answered));
        Assert.Null(Assert.IsType<DatasetCreated>(Read<DatasetEvent>(
            """{"$type":"created","Name":"A","By":"ann","At":"2026-01-05T09:00:00+00:00"}""")).RequestContent);
        var record = Read<AuditRecord>("""{"Number":1,"At":"2026-01-05T09:00:00+00:00","Entry":{"ActorId":"ann","Action":"a.b","Target":"t"}}""");
        Assert.Equal(("a.b", null), (record.Entry.Action, record.Entry.Once));
    }

    [Fact]
    public void States_WithoutIt_AreRead()
    {
        var organization =
            Read<OrganizationState>(
                """{"Slug":"acme","Name":"Acme","Members":[],"Invitations":[{"Id":"i","Email":"a@b","Role":3,"TokenHash":"h","ExpiresAt":"2026-01-05T09:00:00+00:00","InvitedById":"ann"}],"CreatedAt":"2026-01-05T09:00:00+00:00"}""");
        Assert.Equal(("acme", 1, 0, null), (organization.Slug, organization.Invitations.Length, organization.Spent.Length, organization.RequestContent));
        Assert.Equal((0, 0), (organization.Invitations[0].Requests.Length, organization.Unsettled.Length));
        var setup = Read<SetupState>("""{"OwnerId":"ann","LinkExpiresAt":"2026-01-05T09:00:00+00:00","ApiKeyHashes":["h"]}""");
        Assert.Equal(("ann", null, null), (setup.OwnerId, setup.UsedLinkHash, setup.PlannedOrganizationId));
        Assert.Empty(Read<DatasetState>("""{"Name":"A","CreatedAt":"2026-01-05T09:00:00+00:00","Rows":[],"Versions":[],"NextPosition":0}""").Requests);
        Assert.Empty(Read<ReviewQueueState>("""{"Name":"A","CreatedAt":"2026-01-05T09:00:00+00:00","Rubrics":[],"Items":[]}""").Requests);
        Assert.Null(Read<PlaygroundRunState>("{}").RequestContent);
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, JournalOptions.DefaultJson)!;
}
