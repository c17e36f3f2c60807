"""A container of an image, read-only, without capabilities, as the image's own user: by docker where its engine answers,
else by runc on the root file system and settings that buildah has of the image."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

START_TIMEOUT_S = 60
STOP_TIMEOUT_S = 60
INSIDE_PORT = 8080


def output(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def has_docker() -> bool:
    return bool(shutil.which("docker")) and subprocess.run(["docker", "info"], capture_output=True).returncode == 0


class Container:
    """Serves at 127.0.0.1:`port` as long as the `with` block, with `data` to be read at /data."""

    def __init__(self, image: str, port: int, data: Path):
        self.image, self.port, self.data = image, port, data
        self.name = f"kordon-test-{uuid.uuid4().hex[:8]}"

    def __enter__(self):
        self.start()
        deadline = time.monotonic() + START_TIMEOUT_S
        while self.run_inside("/usr/bin/kordon", "health").returncode != 0:
            if time.monotonic() > deadline:
                self.remove()
                raise SystemExit(f"not healthy after {START_TIMEOUT_S} s: {self.log()}")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.remove()

    def run_inside(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run([*self.inside, *command], capture_output=True, text=True)

    def status(self) -> dict[str, str]:
        """Of its first process, as the kernel tells."""
        text = Path(f"/proc/{self.process_id()}/status").read_text()
        return dict(re.findall(r"^(\w+):\t(.*)$", text, re.M))

    def root_is_read_only(self) -> bool:
        mounts = Path(f"/proc/{self.process_id()}/mountinfo").read_text().splitlines()
        root = [line.split() for line in mounts if line.split()[4] == "/"][-1]
        return "ro" in root[5].split(",")


class DockerContainer(Container):
    def start(self):
        self.inside = ["docker", "exec", self.name]
        output("docker", "run", "-d", "--name", self.name, "--read-only", "--cap-drop", "ALL", "--security-opt",
               "no-new-privileges", "-v", f"{self.data}:/data:ro", "-p", f"127.0.0.1:{self.port}:{INSIDE_PORT}", self.image)

    def process_id(self) -> int:
        return int(output("docker", "inspect", "-f", "{{.State.Pid}}", self.name))

    def log(self) -> str:
        return output("docker", "logs", self.name)

    def stop(self) -> int:
        output("docker", "kill", "--signal", "TERM", self.name)
        return int(output("docker", "wait", self.name))

    def remove(self):
        output("docker", "rm", "-f", self.name)

    def root(self) -> Path:
        return Path(f"/proc/{self.process_id()}/root")


class RuncContainer(Container):
    def start(self):
        os.environ.setdefault("STORAGE_DRIVER", "vfs")
        self.folder = Path(tempfile.mkdtemp(prefix="kordon-image-"))
        self.working = output("buildah", "from", "--pull-never", self.image).strip()
        self.mounted = Path(output("buildah", "mount", self.working).strip())
        config = json.loads(output("buildah", "inspect", "--type", "image", self.image))["Docker"]["config"]
        subprocess.run(["runc", "spec"], cwd=self.folder, check=True)
        spec = self.folder / "config.json"
        spec.write_text(json.dumps(locked_down(json.loads(spec.read_text()), config, self.mounted, self.port, self.data)))
        self.inside = ["runc", "exec", self.name]
        self.log_file = (self.folder / "log").open("w+")
        self.runner = subprocess.Popen(["runc", "run", "--bundle", self.folder, self.name],
                                       stdin=subprocess.DEVNULL, stdout=self.log_file, stderr=self.log_file)

    def process_id(self) -> int:
        return json.loads(output("runc", "state", self.name))["pid"]

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def stop(self) -> int:
        output("runc", "kill", self.name, "TERM")
        return self.runner.wait(timeout=STOP_TIMEOUT_S)

    def remove(self):
        subprocess.run(["runc", "delete", "--force", self.name], capture_output=True)
        self.runner.wait(timeout=STOP_TIMEOUT_S)
        self.log_file.close()
        output("buildah", "rm", self.working)
        shutil.rmtree(self.folder)

    def root(self) -> Path:
        return self.mounted


def locked_down(spec: dict, image: dict, root: Path, port: int, data: Path) -> dict:
    """The runtime's default with the image's command, user and environment, nothing to write to and no capability. The
    network is the machine's, so the port comes by the environment."""
    user, _, group = image["User"].partition(":")
    spec["root"] = {"path": str(root), "readonly": True}
    spec["process"] |= {
        "terminal": False, "noNewPrivileges": True, "capabilities": {}, "user": {"uid": int(user), "gid": int(group)},
        "args": image["Entrypoint"] + image["Cmd"], "env": [*image["Env"], f"KORDON_LISTEN=127.0.0.1:{port}"]}
    spec["process"].pop("rlimits", None)
    spec["linux"]["namespaces"] = [one for one in spec["linux"]["namespaces"] if one["type"] not in ("network", "cgroup")]
    spec["mounts"] = [one for one in spec["mounts"] if one["type"] != "cgroup"]
    spec["mounts"].append({"destination": "/data", "type": "bind", "source": str(data), "options": ["bind", "ro"]})
    return spec


def container(image: str, port: int, data: Path) -> Container:
    return (DockerContainer if has_docker() else RuncContainer)(image, port, data)
