using Plumbline.Contracts.Access;
using Plumbline.Contracts.Reviews;

namespace Plumbline.Features.Reviews.Api;

/// <summary>A queue of a project, and a caller who was let into the project.</summary>
internal sealed record QueueScope(ProjectScope Project, string QueueId)
{
    public IQueueReading Queue => Project.Queue(QueueId);

    public IQueueSetup Setup => Project.QueueSetup(QueueId);

    public IQueueErasing Erasing => Project.QueueErasing(QueueId);

    public IQueueTurns Turns => Project.QueueTurns(QueueId);
}
