import * as ec2 from 'aws-cdk-lib/aws-ec2'

/** Run by root at the first boot. Nothing in it may keep the machine from joining its cluster. */
const script = `#!/bin/bash
# The image stays on the machine: its second job starts without pulling it.
echo 'ECS_IMAGE_PULL_BEHAVIOR=prefer-cached' >> /etc/ecs/ecs.config

# g4dn has an NVMe disk of its own, empty after each boot. Without one /scratch is a folder of the root volume.
mkdir -p /scratch
disk=$(lsblk --nodeps --paths --noheadings --output NAME,MODEL | awk '/Instance Storage/ { print $1; exit }')
if [ -n "$disk" ] && mkfs.xfs -f "$disk" && mount -o noatime,nodev,nosuid "$disk" /scratch; then
  echo "/scratch is $disk"
else
  echo "/scratch is on the root volume"
fi
# The container's user is not root; the sticky bit keeps users from deleting each other's files.
chmod 1777 /scratch
`

/** MIME multipart, as Batch demands it: Batch adds a part of its own. */
export function machineUserData(): ec2.UserData {
  const parts = new ec2.MultipartUserData()
  parts.addPart(ec2.MultipartBody.fromRawBody({ contentType: 'text/x-shellscript; charset="us-ascii"', body: script }))
  return parts
}
