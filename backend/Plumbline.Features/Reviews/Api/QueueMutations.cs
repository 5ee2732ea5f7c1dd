using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.Contracts.Projects;
using Plumbline.Contracts.Reviews;
using Plumbline.Features.Kernel.Ids;
using Plumbline.Features.Kernel.Inputs;
using Plumbline.GraphQL;

namespace Plumbline.Features.Reviews.Api;

/// <summary>Making, changing, filling and closing queues.</summary>
[ResolversFor("Mutation")]
internal sealed class QueueMutations(
    IGrainFactory grains, IAccessControl access, IAuditLog audit, ReviewGate gate, SpanSelection selection, IContentRedactor redactor,
    IOptions<ReviewsOptions> options)
{
    public async Task<ReviewQueuePayload> CreateReviewQueue(CreateReviewQueueInput input, Caller caller, CancellationToken cancellationToken)
    {
        var project = NodeId.ParseProject(input.ProjectId);
        var scope = await access.RequireAsync(caller, project, Permission.ManageQueues, cancellationToken);
        var reviewers = await ReviewersAsync(project, input.ReviewerIds, cancellationToken);
        var request = RequestKey.Of(caller, project.ToString(), "createReviewQueue", input.RequestId, input);
        var queueId = request?.Id ?? RandomId.New();
        var queue = new NewReviewQueue
        {
            Name = input.Name,
            Instructions = input.Instructions,
            FailureModes = FailureModeInput.Read(input.FailureModes),
            ReasoningRequired = input.ReasoningRequired ?? ReasoningRequired.OnFail,
            Blinding = BlindingInput.Read(input.Blinding),
            ReviewsPerItem = input.ReviewsPerItem ?? 2,
            LeaseMinutes = input.LeaseMinutes ?? 20,
            ReviewerIds = reviewers,
            CreatedBy = caller.ActorId,
            Request = request,
        };
        // Listed last: whatever stops this half-way leaves nothing that anybody can see.
        var created = await scope.QueueSetup(queueId).CreateAsync(queue);
        await scope.Queues().AddAsync(queueId);
        await NotifyReviewersAsync(project, queueId, reviewers);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.QueueCreated, created.Id, project) with { Once = queueId },
            cancellationToken);
        return new ReviewQueuePayload(created);
    }

    public async Task<ReviewQueuePayload> UpdateReviewQueue(UpdateReviewQueueInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.Id);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.ManageQueues, cancellationToken);
        var reviewers = await ReviewersAsync(project, input.ReviewerIds, cancellationToken);
        var changed = await scope.Setup.ChangeAsync(new ReviewQueueChange
        {
            Name = input.Name,
            Instructions = input.Instructions,
            FailureModes = input.FailureModes is null ? null : FailureModeInput.Read(input.FailureModes),
            ReasoningRequired = input.ReasoningRequired,
            ReviewerIds = reviewers,
            ReviewsPerItem = input.ReviewsPerItem,
            ChangedBy = caller.ActorId,
        });
        await NotifyReviewersAsync(project, queueId, reviewers);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.QueueChanged, input.Id, project, Reviewers(changed)), cancellationToken);
        return new ReviewQueuePayload(changed);
    }

    public async Task<ReviewQueuePayload> CloseReviewQueue(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.Id);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.ManageQueues, cancellationToken);
        var closed = await scope.Setup.CloseAsync(caller.ActorId);
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.QueueClosed, input.Id, project) with { Once = queueId },
            cancellationToken);
        return new ReviewQueuePayload(closed);
    }

    /// <summary>May be asked again: whoever lost the answer finds it deleted, and on record once.</summary>
    public async Task<DeletedReviewQueuePayload> DeleteReviewQueue(IdInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.Id);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.ManageQueues, cancellationToken);
        var deleted = await scope.Erasing.DeleteAsync(caller.ActorId);
        await scope.Project.Queues().RemoveAsync(queueId);
        // How much had been said in it is not answered: somebody may still be to judge one of its outputs elsewhere.
        var detail = JsonSerializer.Serialize(new { name = deleted.Name });
        await audit.AppendAsync(
            project.Organization, AuditEntry.By(caller, AuditActions.QueueDeleted, input.Id, project, detail) with { Once = queueId },
            cancellationToken);
        return new DeletedReviewQueuePayload(input.Id);
    }

    public async Task<AddToReviewQueuePayload> AddToReviewQueue(AddToReviewQueueInput input, Caller caller, CancellationToken cancellationToken)
    {
        var (project, queueId) = QueueKey.Parse(input.QueueId);
        var scope = await gate.EnterAsync(caller, project, queueId, Permission.ManageQueues, cancellationToken);
        await access.RequireAsync(caller, project, Permission.ReadTraces, cancellationToken);
        var golden = input.Golden is { } known ? new GoldenAnswer(known.Label, known.Reasoning) : null;
        if (golden?.Reasoning?.Length > options.Value.MaxTextLength)
            throw Failure.BadInput($"The reasoning has {golden.Reasoning.Length} characters; at most {options.Value.MaxTextLength} are allowed.");
        if (golden?.Reasoning is { } reasoning)
            golden = golden with { Reasoning = (await redactor.ForAsync(project, cancellationToken)).Text(reasoning) };
        var request = RequestKey.Of(caller, project.ToString(), "addToReviewQueue", input.RequestId, input);
        var spans = await selection.SelectAsync(scope.Project, input, cancellationToken);
        var added = await scope.Setup.AddAsync([.. spans.Select(s => new NewReviewItem(s, golden))], caller.ActorId, request);
        return new AddToReviewQueuePayload(added.Queue, added.Added, added.Duplicates);
    }

    private static string Reviewers(ReviewQueueView changed)
    {
        static IEnumerable<string> Ids(IEnumerable<string> people) => people.Select(p => NodeId.Format(NodeKinds.User, p));
        return JsonSerializer.Serialize(new { reviewersBefore = Ids(changed.ReviewerIdsBefore ?? []), reviewersAfter = Ids(changed.ReviewerIds) });
    }

    /// <summary>Only people who may review in the project can be reviewers of its queues.</summary>
    private async Task<ImmutableArray<string>?> ReviewersAsync(ProjectKey project, IReadOnlyList<string>? ids, CancellationToken cancellationToken)
    {
        if (ids is null) return null;
        var people = ids.Select(id => NodeId.Parse(id, NodeKinds.User)).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (people.Length > options.Value.MaxReviewers) throw Failure.BadInput($"A queue has at most {options.Value.MaxReviewers} reviewers.");
        foreach (var person in people)
        {
            var permissions = await access.FindPermissionsAsync(person, project, cancellationToken) ?? throw Failure.NotFound();
            if (!permissions.Has(Permission.Review)) throw Failure.BadInput("One of the reviewers may not review in this project. Change their role first.");
        }
        return people;
    }

    private Task NotifyReviewersAsync(ProjectKey project, string queueId, ImmutableArray<string>? reviewers) =>
        Task.WhenAll((reviewers ?? []).Select(r => grains.GetGrain<IReviewerGrain>(r).JoinAsync(new QueueReference(project, queueId))));
}
